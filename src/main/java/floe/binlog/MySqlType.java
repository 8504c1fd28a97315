package floe.binlog;

/** How the cells of a column are laid out in the binlog. A type that is not among them is not known to Floe. */
public enum MySqlType {
    TINYINT,
    SMALLINT,
    MEDIUMINT,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    DECIMAL,
    BIT,
    YEAR,
    DATE,
    TIME,
    DATETIME,
    TIMESTAMP,
    /** TIME of a table that was made before MySQL 5.6.4, as are the next two. */
    OLD_TIME,
    OLD_DATETIME,
    OLD_TIMESTAMP,
    CHAR,
    VARCHAR,
    TEXT,
    BINARY,
    VARBINARY,
    BLOB,
    ENUM,
    SET,
    JSON,
    GEOMETRY
}
