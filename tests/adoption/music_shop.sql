-- The shape of a music shop: names in brackets, types of another database, an index for every reference.
CREATE TABLE [Label]
(
    [LabelId] INTEGER  NOT NULL,
    [Title] NVARCHAR(120),
    CONSTRAINT [PK_Label] PRIMARY KEY  ([LabelId])
);
CREATE TABLE [Performer]
(
    [PerformerId] INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    [Name] NVARCHAR(120)
);
CREATE TABLE [Record]
(
    [RecordId] INTEGER  NOT NULL,
    [Title] NVARCHAR(160)  NOT NULL,
    [PerformerId] INTEGER  NOT NULL,
    [LabelId] INTEGER,
    CONSTRAINT [PK_Record] PRIMARY KEY  ([RecordId]),
    FOREIGN KEY ([PerformerId]) REFERENCES [Performer] ([PerformerId]) ON DELETE NO ACTION ON UPDATE NO ACTION,
    FOREIGN KEY ([LabelId]) REFERENCES [Label] ([LabelId]) ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE TABLE [Clerk]
(
    [ClerkId] INTEGER  NOT NULL,
    [LastName] NVARCHAR(20)  NOT NULL,
    [ReportsTo] INTEGER,
    [HireDate] DATETIME,
    [Fax] NVARCHAR(24),
    CONSTRAINT [PK_Clerk] PRIMARY KEY  ([ClerkId]),
    FOREIGN KEY ([ReportsTo]) REFERENCES [Clerk] ([ClerkId]) ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE TABLE [Buyer]
(
    [BuyerId] INTEGER  NOT NULL,
    [Email] NVARCHAR(60)  NOT NULL,
    [Clerk] INTEGER REFERENCES [Clerk],
    CONSTRAINT [PK_Buyer] PRIMARY KEY  ([BuyerId])
);
CREATE TABLE [Song]
(
    [SongId] INTEGER  NOT NULL,
    [Name] NVARCHAR(200)  NOT NULL,
    [RecordId] INTEGER,
    [Milliseconds] INTEGER  NOT NULL,
    [UnitPrice] NUMERIC(10,2)  NOT NULL DEFAULT 0.99,
    [Bytes] INTEGER,
    CONSTRAINT [PK_Song] PRIMARY KEY  ([SongId]),
    FOREIGN KEY ([RecordId]) REFERENCES [Record] ([RecordId]) ON DELETE CASCADE
);
CREATE TABLE [Mixtape] ([MixtapeId] INTEGER NOT NULL PRIMARY KEY, [Name] NVARCHAR(120));
CREATE TABLE [MixtapeSong]
(
    [MixtapeId] INTEGER  NOT NULL,
    [SongId] INTEGER  NOT NULL,
    CONSTRAINT [PK_MixtapeSong] PRIMARY KEY  ([MixtapeId], [SongId]),
    FOREIGN KEY ([MixtapeId]) REFERENCES [Mixtape] ([MixtapeId]),
    FOREIGN KEY ([SongId]) REFERENCES [Song] ([SongId])
);
CREATE UNIQUE INDEX [IPK_Clerk] ON [Clerk]([ClerkId]);
CREATE INDEX [IFK_RecordPerformerId] ON [Record] ([PerformerId]);
CREATE INDEX [IFK_SongRecordId] ON [Song] ([RecordId]);
CREATE INDEX [IFK_ClerkReportsTo] ON [Clerk] ([ReportsTo]);
CREATE INDEX [IFK_MixtapeSongSongId] ON [MixtapeSong] ([SongId]);
INSERT INTO Label VALUES (1, 'Blue Door'), (2, NULL);
INSERT INTO Performer VALUES (7, 'The Örns'), (9, NULL);
INSERT INTO Record VALUES (1, 'First Light', 7, 1), (2, 'Second "Light"', 9, NULL);
INSERT INTO Clerk VALUES (1, 'Adamson', NULL, '2002-08-14 00:00:00', '+1 (780) 428-3457'), (2, 'Beck', 1, NULL, NULL);
INSERT INTO Buyer VALUES (1, 'x@example.com', 2), (2, 'y@example.com', NULL);
INSERT INTO Song VALUES (1, 'One', 1, 343719, 0.99, 11170334), (2, 'Two', 1, 342562, 1.5, NULL), (3, 'Three', NULL, 1, 2, 1);
INSERT INTO Mixtape VALUES (1, 'Road'), (2, 'Rain');
INSERT INTO MixtapeSong VALUES (1, 1), (1, 2), (2, 1);
