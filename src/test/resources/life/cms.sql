-- A content management system of 2014, on utf8mb4 from its first day, with plug-ins of all kinds.
CREATE DATABASE cms CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
USE cms;

CREATE TABLE sites (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    host VARCHAR(150) NOT NULL,
    theme JSON,
    UNIQUE KEY (host)
);

CREATE TABLE `user` (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    login VARCHAR(60) NOT NULL,
    pass VARCHAR(255) NOT NULL DEFAULT '',
    nicename VARCHAR(50) NOT NULL DEFAULT '',
    registered DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
    status INT NOT NULL DEFAULT 0,
    `deleted` TINYINT(1) DEFAULT 0,
    KEY (login)
);

CREATE TABLE roles (
    role VARCHAR(30) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    rights SET('read','write','publish','delete') NOT NULL DEFAULT 'read',
    level SMALLINT UNSIGNED
);

CREATE TABLE user_roles (
    user BIGINT UNSIGNED NOT NULL,
    role VARCHAR(30) COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (user, role),
    FOREIGN KEY (role) REFERENCES roles (role)
);

CREATE TABLE pages (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    site INT UNSIGNED NOT NULL,
    parent INT UNSIGNED,
    slug VARCHAR(120) NOT NULL DEFAULT '',
    title VARCHAR(255),
    body LONGTEXT,
    published DATETIME(6),
    visible BIT(1) DEFAULT b'0',
    `order` INT DEFAULT 0,
    KEY (slug),
    FOREIGN KEY (site) REFERENCES sites (id),
    FOREIGN KEY (parent) REFERENCES pages (id)
);

CREATE TABLE `page revisions` (
    page INT UNSIGNED NOT NULL,
    revision INT NOT NULL,
    body MEDIUMTEXT,
    diff MEDIUMBLOB,
    author VARCHAR(60),
    at TIMESTAMP(3) NULL DEFAULT NULL,
    PRIMARY KEY (page, revision),
    FOREIGN KEY (page) REFERENCES pages (id)
);

CREATE TABLE blocks (
    id CHAR(36) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    page INT UNSIGNED,
    kind VARCHAR(30) NOT NULL DEFAULT 'text',
    data JSON,
    kind_and_page VARCHAR(60) AS (CONCAT(kind, ':', page)) VIRTUAL,
    FOREIGN KEY (page) REFERENCES pages (id) ON DELETE CASCADE
);

CREATE TABLE media (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci,
    content LONGBLOB,
    width SMALLINT UNSIGNED,
    ratio DOUBLE,
    focus POINT,
    exif JSON
);

CREATE TABLE media_meta (
    media BIGINT NOT NULL,
    meta VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_as_cs NOT NULL,
    value LONGTEXT,
    PRIMARY KEY (media, meta),
    FOREIGN KEY (media) REFERENCES media (id)
);

CREATE TABLE options (
    option_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    option_name VARCHAR(191) NOT NULL DEFAULT '',
    option_value LONGTEXT NOT NULL,
    autoload VARCHAR(20) NOT NULL DEFAULT 'yes',
    PRIMARY KEY (option_id),
    UNIQUE KEY option_name (option_name)
);

CREATE TABLE posts (
    ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    post_author BIGINT UNSIGNED NOT NULL DEFAULT 0,
    post_date DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
    post_content LONGTEXT NOT NULL,
    post_title TEXT NOT NULL,
    post_status VARCHAR(20) NOT NULL DEFAULT 'publish',
    comment_count BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (ID),
    KEY type_status_date (post_status, post_date, ID)
);

CREATE TABLE postmeta (
    meta_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    post_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
    meta_key VARCHAR(255) DEFAULT NULL,
    meta_value LONGTEXT,
    PRIMARY KEY (meta_id),
    KEY meta_key (meta_key(191))
);

CREATE TABLE terms (
    slug VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,
    taxonomy ENUM('category','post_tag','menü') NOT NULL,
    name VARCHAR(200),
    count INT UNSIGNED DEFAULT 0,
    PRIMARY KEY (taxonomy, slug)
);

CREATE TABLE redirects (
    `from` VARCHAR(600) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,
    `to` VARCHAR(600) CHARACTER SET latin1,
    hits INT UNSIGNED NOT NULL DEFAULT 0,
    last DATE,
    PRIMARY KEY (`from`)
);

CREATE TABLE translations (
    lang VARCHAR(7) COLLATE utf8mb4_bin NOT NULL,
    msgid VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
    msgstr TEXT,
    fuzzy BOOL,
    PRIMARY KEY (lang, msgid)
);

CREATE TABLE places (
    id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    geo GEOMETRY,
    gps POINT SRID 4326,
    route LINESTRING SRID 0,
    area POLYGON,
    stops MULTIPOINT,
    lines_ MULTILINESTRING,
    parks MULTIPOLYGON,
    mixed GEOMETRYCOLLECTION
);

CREATE TABLE form_entries (
    form VARCHAR(40),
    answers JSON,
    sent DATETIME
);

CREATE TABLE cache (
    `key` VARBINARY(200) NOT NULL,
    value MEDIUMBLOB,
    expires INT,
    PRIMARY KEY (`key`)
);

CREATE TABLE counters (
    day DATE NOT NULL,
    hour TINYINT NOT NULL,
    visits INT UNSIGNED NOT NULL DEFAULT 0,
    seconds FLOAT(9,2),
    share DOUBLE UNSIGNED,
    big DECIMAL(40,5),
    PRIMARY KEY (day, hour)
)
PARTITION BY LIST (hour) (
    PARTITION night VALUES IN (0, 1, 2, 3, 4, 5, 6),
    PARTITION daytime VALUES IN (7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18),
    PARTITION evening VALUES IN (19, 20, 21, 22, 23)
);

CREATE TABLE sequences (
    name VARCHAR(30) CHARACTER SET utf32 NOT NULL,
    next BIGINT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (name)
);
