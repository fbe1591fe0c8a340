-- The shape of a trading company: names with spaces, types that SQLite does not know, views over everything.
CREATE TABLE "Kinds" ("KindID" INTEGER PRIMARY KEY AUTOINCREMENT, "KindName" TEXT, "Description" ntext, "Picture" image);
CREATE TABLE [Clients]
(      [ClientID] bpchar(5) NOT NULL,
       [CompanyName] TEXT NULL,
       [Country] TEXT,
       PRIMARY KEY (`ClientID`)
);
CREATE TABLE "Client Groups" ("GroupID" bpchar NOT NULL PRIMARY KEY, "About" TEXT);
CREATE TABLE "ClientGroupLinks" ("ClientID" bpchar(5) NOT NULL, "GroupID" bpchar NOT NULL,
    PRIMARY KEY ("ClientID","GroupID"),
    FOREIGN KEY ([ClientID]) REFERENCES [Clients] ([ClientID]) ON DELETE NO ACTION ON UPDATE NO ACTION,
    FOREIGN KEY ([GroupID]) REFERENCES [Client Groups] ([GroupID]) ON DELETE NO ACTION ON UPDATE NO ACTION);
CREATE TABLE "Staff"
(
    "StaffID" INTEGER PRIMARY KEY AUTOINCREMENT,
    "LastName" TEXT,
    "Born" DATE,
    "Photo" BLOB,
    "Boss" INTEGER NULL,
    CHECK ("Born" < '2020-01-01'),
    FOREIGN KEY ([Boss]) REFERENCES [Staff] ([StaffID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [Goods](
   [GoodsID]INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
   [GoodsName]TEXT NOT NULL,
   [KindID]INTEGER,
   [QuantityPerUnit]TEXT,
   [UnitPrice]NUMERIC DEFAULT 0,
   [InStock]INTEGER DEFAULT 0,
   [Discontinued]TEXT NOT NULL DEFAULT '0',
    CHECK ([UnitPrice]>=(0)),
    CHECK ([InStock]>=(0)),
    FOREIGN KEY ([KindID]) REFERENCES [Kinds] ([KindID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [Orders](
   [OrderID]INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
   [ClientID]TEXT,
   [StaffID]INTEGER,
   [OrderDate]DATETIME,
   [Freight]money DEFAULT 0,
   [ShipName]TEXT,
   FOREIGN KEY ([StaffID]) REFERENCES [Staff] ([StaffID]) ON DELETE NO ACTION ON UPDATE NO ACTION,
   FOREIGN KEY ([ClientID]) REFERENCES [Clients] ([ClientID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [Order Details](
   [OrderID]INTEGER NOT NULL,
   [GoodsID]INTEGER NOT NULL,
   [UnitPrice]NUMERIC NOT NULL DEFAULT 0,
   [Quantity]INTEGER NOT NULL DEFAULT 1,
   [Discount]REAL NOT NULL DEFAULT 0,
    PRIMARY KEY ("OrderID","GoodsID"),
    CHECK ([Discount]>=(0) AND [Discount]<=(1)),
    CHECK ([Quantity]>(0)),
    FOREIGN KEY ([OrderID]) REFERENCES [Orders] ([OrderID]) ON DELETE NO ACTION ON UPDATE NO ACTION,
    FOREIGN KEY ([GoodsID]) REFERENCES [Goods] ([GoodsID]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE "Areas" ("AreaID" INTEGER NOT NULL PRIMARY KEY, "AreaDescription" TEXT NOT NULL);
CREATE TABLE "StaffAreas" ("StaffID" INTEGER NOT NULL, "AreaID" INTEGER NOT NULL, PRIMARY KEY ("StaffID", "AreaID"),
    FOREIGN KEY ("StaffID") REFERENCES "Staff" ("StaffID"), FOREIGN KEY ("AreaID") REFERENCES "Areas" ("AreaID"));
CREATE VIEW [Goods by Kind] AS
    SELECT Kinds.KindName, Goods.GoodsName, Goods.QuantityPerUnit, Goods.InStock, Goods.Discontinued
    FROM Kinds INNER JOIN Goods ON Kinds.KindID = Goods.KindID WHERE Goods.Discontinued <> 1;
CREATE VIEW [Everything Ordered] AS SELECT * FROM Orders o JOIN [Order Details] d ON o.OrderID = d.OrderID;
CREATE VIEW [Order Totals] AS
    SELECT [Order Details].OrderID, Sum(([Order Details].UnitPrice*Quantity*(1-Discount)/100)*100) AS Total
    FROM [Order Details] GROUP BY [Order Details].OrderID;
INSERT INTO Kinds VALUES (1, 'Drinks', 'Tea, and so on', x'ffd8'), (2, NULL, NULL, NULL);
INSERT INTO Clients VALUES ('ALFKI', 'Alfred''s', 'Germany'), ('BOLID', NULL, NULL);
INSERT INTO "Client Groups" VALUES ('A', 'the first');
INSERT INTO ClientGroupLinks VALUES ('ALFKI', 'A');
INSERT INTO Staff VALUES (1, 'Davol', '1968-12-08', NULL, 2), (2, 'Fuler', '1972-02-19', x'00', NULL);
INSERT INTO Goods VALUES (1, 'Chai', 1, '10 boxes', 18, 39, '0'), (2, 'Chang', 1, NULL, 19.5, 17, '1'), (3, 'Anis', NULL, '12', 10, 0, '0');
INSERT INTO Orders VALUES (10248, 'ALFKI', 1, '2016-07-04', 32.38, 'Vins'), (10249, NULL, 2, '2016-07-05 10:00:00', 11, NULL);
INSERT INTO [Order Details] VALUES (10248, 1, 14, 12, 0.0), (10248, 2, 9.8, 10, 0.25), (10249, 3, 34.8, 5, 0);
INSERT INTO Areas VALUES (1581, 'West'), (1730, 'Bedford   ');
INSERT INTO StaffAreas VALUES (1, 1581), (2, 1581);
