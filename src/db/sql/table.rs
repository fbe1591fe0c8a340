//! `CREATE TABLE`, `CREATE INDEX` and `DROP TABLE` of djr's own tables; those of models are made by
//! the [`SchemaEditor`](crate::schema::SchemaEditor).

use crate::db::sql::column_type::SqlColumnType;
use crate::db::sql::compiler::{SqlCompiler, SqlNode};
use crate::db::sql::statement::SqlStatement;

/// A new table, none of whose columns accepts `NULL`.
#[derive(Clone, Debug)]
pub struct CreateTable {
    table: String,
    columns: Vec<ColumnDefinition>,
    primary_key: Vec<String>,
    multiline: bool,
}

#[derive(Clone, Debug)]
struct ColumnDefinition {
    name: String,
    column_type: SqlColumnType,
    is_primary_key: bool,
}

impl CreateTable {
    /// A table called `table`.
    pub fn new(table: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            columns: Vec::new(),
            primary_key: Vec::new(),
            multiline: false,
        }
    }

    /// Adds a column.
    #[must_use]
    pub fn column(self, name: impl Into<String>, column_type: SqlColumnType) -> Self {
        self.add(name.into(), column_type, false)
    }

    /// Adds a column that is the primary key.
    #[must_use]
    pub fn key_column(self, name: impl Into<String>, column_type: SqlColumnType) -> Self {
        self.add(name.into(), column_type, true)
    }

    /// Makes columns the primary key, by which alone rows are found.
    #[must_use]
    pub fn clustered_by<N: Into<String>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        self.primary_key = columns.into_iter().map(Into::into).collect();
        self
    }

    /// Writes a line for each column, as Django's `createcachetable`: the schema remembers the text.
    #[must_use]
    pub fn multiline(mut self) -> Self {
        self.multiline = true;
        self
    }

    fn add(mut self, name: String, column_type: SqlColumnType, is_primary_key: bool) -> Self {
        self.columns.push(ColumnDefinition {
            name,
            column_type,
            is_primary_key,
        });
        self
    }
}

impl SqlNode for CreateTable {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        let (before, between, after) = if self.multiline {
            ("\n    ", ",\n    ", "\n")
        } else {
            ("", ", ", "")
        };
        compiler.push("CREATE TABLE ");
        compiler.name(&self.table);
        compiler.push(" (");
        compiler.push(before);
        compiler.separated(between, &self.columns, |compiler, column| {
            column.write(compiler);
        });
        if !self.primary_key.is_empty() {
            compiler.push(between);
            compiler.push("PRIMARY KEY (");
            compiler.names(&self.primary_key);
            compiler.push(")");
        }
        compiler.push(after);
        compiler.push(")");
        if !self.primary_key.is_empty() {
            compiler.push(compiler.dialect().clustered_table_suffix());
        }
    }
}

impl SqlNode for ColumnDefinition {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        compiler.name(&self.name);
        compiler.push(" ");
        compiler.push(&compiler.dialect().column_type(self.column_type));
        if self.column_type == SqlColumnType::AutoKey {
            return;
        }
        compiler.push(" NOT NULL");
        if self.is_primary_key {
            compiler.push(" PRIMARY KEY");
        }
    }
}

impl SqlStatement for CreateTable {}

/// A new index.
#[derive(Clone, Debug)]
pub struct CreateIndex {
    /// Its name.
    pub name: String,
    /// The table.
    pub table: String,
    /// The columns.
    pub columns: Vec<String>,
}

impl SqlNode for CreateIndex {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        compiler.push("CREATE INDEX ");
        compiler.name(&self.name);
        compiler.push(" ON ");
        compiler.name(&self.table);
        compiler.push(" (");
        compiler.names(&self.columns);
        compiler.push(")");
    }
}

impl SqlStatement for CreateIndex {}

/// The end of a table.
#[derive(Clone, Debug)]
pub struct DropTable(pub String);

impl SqlNode for DropTable {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        compiler.push("DROP TABLE ");
        compiler.name(&self.0);
    }
}

impl SqlStatement for DropTable {}
