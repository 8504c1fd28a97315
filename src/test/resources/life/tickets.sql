-- A ticket system that was bought in 2011, on utf8, and written anew around its old tables.
CREATE DATABASE tickets CHARACTER SET utf8 COLLATE utf8_general_ci;
USE tickets;

CREATE TABLE Teams (
    ID INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    Name VARCHAR(60) NOT NULL,
    `Parent.ID` INT,
    FOREIGN KEY (`Parent.ID`) REFERENCES Teams (ID)
);

CREATE TABLE Users (
    UserID INT UNSIGNED NOT NULL AUTO_INCREMENT,
    Login VARCHAR(64) COLLATE utf8_bin NOT NULL,
    `Display Name` VARCHAR(120) CHARACTER SET utf8mb4,
    TeamID INT,
    Locale CHAR(5) NOT NULL DEFAULT 'de_DE',
    Settings JSON,
    LastLogin TIMESTAMP NULL,
    Secret VARBINARY(255),
    Active BIT NOT NULL DEFAULT b'1',
    PRIMARY KEY (UserID),
    UNIQUE KEY Login (Login),
    FOREIGN KEY (TeamID) REFERENCES Teams (ID)
);

CREATE TABLE team_members (
    team INT NOT NULL,
    user INT UNSIGNED NOT NULL,
    role ENUM('member','lead','deputy') NOT NULL DEFAULT 'member',
    since DATE,
    PRIMARY KEY (team, user),
    FOREIGN KEY (team) REFERENCES Teams (ID) ON DELETE CASCADE,
    FOREIGN KEY (user) REFERENCES Users (UserID)
);

CREATE TABLE queues (
    name VARCHAR(50) NOT NULL,
    address VARCHAR(120),
    mask MEDIUMINT UNSIGNED ZEROFILL NOT NULL DEFAULT 7,
    PRIMARY KEY (name)
) COLLATE utf8_unicode_ci;

CREATE TABLE Tickets (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    queue VARCHAR(50) COLLATE utf8_unicode_ci,
    owner INT UNSIGNED,
    subject VARCHAR(255) CHARACTER SET utf8mb4 NOT NULL DEFAULT '',
    priority TINYINT NOT NULL DEFAULT 3,
    state ENUM('new','open','pending reminder','closed (won''t fix)','closed') NOT NULL DEFAULT 'new',
    labels SET('bug','request','vip','spam','legal') DEFAULT NULL,
    custom JSON,
    due DATETIME,
    opened DATETIME(6) NOT NULL,
    closed DATETIME(6),
    `is open` TINYINT(1) AS (closed IS NULL) STORED,
    spent TIME DEFAULT '00:00:00',
    PRIMARY KEY (id),
    KEY by_state (state, opened),
    FOREIGN KEY (queue) REFERENCES queues (name),
    FOREIGN KEY (owner) REFERENCES Users (UserID)
) AUTO_INCREMENT = 9007199254740993;

CREATE TABLE `Ticket.History` (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ticket BIGINT UNSIGNED NOT NULL,
    `field` VARCHAR(30),
    `old` TEXT,
    `new` TEXT,
    at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
);

CREATE TABLE comments (
    ticket BIGINT UNSIGNED NOT NULL,
    no SMALLINT UNSIGNED NOT NULL,
    author INT UNSIGNED,
    body MEDIUMTEXT CHARACTER SET utf8mb4,
    html LONGTEXT,
    rating FLOAT,
    written DATETIME(3),
    PRIMARY KEY (ticket, no),
    FOREIGN KEY (ticket) REFERENCES Tickets (id),
    FOREIGN KEY (author) REFERENCES Users (UserID)
);

CREATE TABLE attachments (
    sha BINARY(32) NOT NULL,
    name VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_as_cs,
    content LONGBLOB,
    preview TINYBLOB,
    size BIGINT UNSIGNED,
    PRIMARY KEY (sha)
);

CREATE TABLE comment_attachments (
    ticket BIGINT UNSIGNED NOT NULL,
    comment SMALLINT UNSIGNED NOT NULL,
    sha BINARY(32) NOT NULL,
    PRIMARY KEY (ticket, comment, sha),
    FOREIGN KEY (ticket, comment) REFERENCES comments (ticket, no),
    FOREIGN KEY (sha) REFERENCES attachments (sha)
);

CREATE TABLE tags (
    tag VARCHAR(40) COLLATE utf8_bin NOT NULL PRIMARY KEY,
    color CHAR(7) CHARACTER SET ascii DEFAULT '#000000'
);

CREATE TABLE ticket_tags (
    tag VARCHAR(40) COLLATE utf8_bin NOT NULL,
    ticket BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (tag, ticket),
    FOREIGN KEY (tag) REFERENCES tags (tag),
    FOREIGN KEY (ticket) REFERENCES Tickets (id)
);

CREATE TABLE `SLA Rules` (
    `Rule #` TINYINT UNSIGNED NOT NULL,
    `answer within` TIME NOT NULL DEFAULT '04:00:00',
    `solve within` TIME(6),
    factor FLOAT NOT NULL DEFAULT 1.5,
    weight DOUBLE(10,2),
    PRIMARY KEY (`Rule #`)
);

CREATE TABLE `e-mail` (
    `message-id` VARCHAR(180) CHARACTER SET ascii NOT NULL,
    `from` VARCHAR(200) CHARACTER SET utf8mb4,
    `to` VARCHAR(200) CHARACTER SET koi8r,
    subject VARCHAR(200) CHARACTER SET sjis,
    raw MEDIUMBLOB,
    received DATETIME,
    PRIMARY KEY (`message-id`)
);

CREATE TABLE mail_headers (
    `message-id` VARCHAR(180) CHARACTER SET ascii,
    header VARCHAR(60),
    value TEXT
);

CREATE TABLE `select` (
    `key` INT NOT NULL,
    `where` VARCHAR(255) DEFAULT '1=1',
    `limit` INT UNSIGNED DEFAULT 100,
    `default` DECIMAL(10,0) DEFAULT -1,
    PRIMARY KEY (`key`)
);

CREATE TABLE time_entries (
    user INT UNSIGNED NOT NULL,
    begun TIMESTAMP(3) NOT NULL DEFAULT '2000-01-01 00:00:00',
    lasted TIME(3),
    ticket BIGINT UNSIGNED,
    billable BOOL NOT NULL DEFAULT TRUE,
    euros DECIMAL(8,2) AS (TIME_TO_SEC(lasted) / 60) VIRTUAL,
    PRIMARY KEY (user, begun),
    FOREIGN KEY (user) REFERENCES Users (UserID)
);

CREATE TABLE custom_values (
    ticket BIGINT UNSIGNED NOT NULL,
    `field name` VARCHAR(40) COLLATE utf8_unicode_ci NOT NULL,
    number DECIMAL(38,0),
    text VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci,
    day DATE,
    `flags` BIT(64),
    PRIMARY KEY (ticket, `field name`)
)
PARTITION BY KEY (ticket) PARTITIONS 4;

CREATE TABLE Log (
    id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    line TEXT
);

CREATE TABLE log (
    id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    level TINYINT,
    line TINYTEXT CHARACTER SET ucs2
);
