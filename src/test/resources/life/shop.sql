-- A web shop that began in 2006 on latin1, grew, and was never moved in one piece.
CREATE DATABASE shop CHARACTER SET latin1 COLLATE latin1_german1_ci;
USE shop;

CREATE TABLE countries (
    code CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(80) NOT NULL DEFAULT '',
    eu TINYINT(1) NOT NULL DEFAULT 0,
    vat DECIMAL(5,2) UNSIGNED ZEROFILL,
    currency ENUM('EUR','USD','CHF','other, see note') NOT NULL DEFAULT 'EUR'
);

CREATE TABLE currencies (
    code CHAR(3) NOT NULL,
    symbol VARCHAR(4) CHARACTER SET utf8mb4,
    decimals TINYINT UNSIGNED NOT NULL DEFAULT 2,
    PRIMARY KEY (code)
);

CREATE TABLE exchange_rates (
    currency CHAR(3) NOT NULL,
    day DATE NOT NULL,
    rate DOUBLE NOT NULL,
    rough FLOAT(7,3),
    source VARCHAR(30) DEFAULT 'ECB',
    PRIMARY KEY (currency, day),
    FOREIGN KEY (currency) REFERENCES currencies (code)
);

CREATE TABLE customers (
    id INT(10) UNSIGNED NOT NULL AUTO_INCREMENT,
    `E-Mail` VARCHAR(190) NOT NULL,
    `first name` VARCHAR(60),
    `last name` VARCHAR(60) COLLATE latin1_german2_ci,
    full_name VARCHAR(121) AS (CONCAT_WS(' ', `first name`, `last name`)) VIRTUAL,
    gender ENUM('','m','f','x') DEFAULT '',
    birthday DATE DEFAULT '0000-00-00',
    password BINARY(20),
    flags SET('newsletter','blocked','b2b','vip') NOT NULL DEFAULT '',
    credit DECIMAL(12,4) NOT NULL DEFAULT 0,
    created DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
    changed TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY (`E-Mail`),
    KEY born (birthday)
);

CREATE TABLE `customer's notes` (
    id SERIAL,
    customer INT UNSIGNED NOT NULL,
    note TINYTEXT,
    `who "said" so` VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    at DATETIME(3),
    PRIMARY KEY (id),
    FOREIGN KEY (customer) REFERENCES customers (id)
);

CREATE TABLE addresses (
    customer_id INT UNSIGNED NOT NULL,
    kind ENUM('billing','shipping','old') NOT NULL,
    `straße` VARCHAR(100),
    zip CHAR(10),
    city VARCHAR(80),
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin,
    place POINT,
    PRIMARY KEY (customer_id, kind),
    FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
    FOREIGN KEY (country) REFERENCES countries (code)
);

CREATE TABLE categories (
    id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    parent SMALLINT UNSIGNED,
    `name` VARCHAR(100) CHARACTER SET utf8 NOT NULL,
    sort SMALLINT NOT NULL DEFAULT -1,
    FOREIGN KEY (parent) REFERENCES categories (id)
);

CREATE TABLE products (
    id INT NOT NULL AUTO_INCREMENT,
    sku VARBINARY(24) NOT NULL,
    category SMALLINT UNSIGNED,
    price DECIMAL(10,2) NOT NULL,
    gross DECIMAL(12,2) AS (price * 1.19) STORED,
    weight FLOAT UNSIGNED,
    height DOUBLE,
    active BIT(1) NOT NULL DEFAULT b'1',
    options BIT(12) DEFAULT b'101',
    since YEAR,
    attributes JSON,
    description TEXT CHARACTER SET utf8mb4,
    PRIMARY KEY (id),
    UNIQUE KEY sku (sku),
    FOREIGN KEY (category) REFERENCES categories (id)
);

CREATE TABLE product_texts (
    product_id INT NOT NULL,
    lang CHAR(5) CHARACTER SET utf8 NOT NULL,
    title VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    body MEDIUMTEXT CHARACTER SET utf8mb4,
    `key words` TEXT CHARACTER SET utf8,
    PRIMARY KEY (lang, product_id),
    FOREIGN KEY (product_id) REFERENCES products (id)
);

CREATE TABLE product_images (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    product_id INT,
    thumbnail TINYBLOB,
    image BLOB,
    mime VARCHAR(40) DEFAULT 'image/jpeg',
    FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE SET NULL
);

CREATE TABLE `Größen` (
    `Größe` VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci NOT NULL,
    `Länge (cm)` DECIMAL(6,2),
    `Prüfsumme` MEDIUMINT UNSIGNED,
    PRIMARY KEY (`Größe`)
);

CREATE TABLE variants (
    product_id INT NOT NULL,
    `Größe` VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci NOT NULL,
    color VARCHAR(30) NOT NULL DEFAULT 'schwarz',
    ean BIGINT(13) UNSIGNED ZEROFILL,
    extra NUMERIC(38,10),
    PRIMARY KEY (product_id, `Größe`, color),
    FOREIGN KEY (product_id) REFERENCES products (id),
    FOREIGN KEY (`Größe`) REFERENCES `Größen` (`Größe`)
);

CREATE TABLE warehouses (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    name VARCHAR(40),
    site POINT NOT NULL,
    area POLYGON,
    `opens at` TIME DEFAULT '08:00:00',
    `closes at` TIME(3)
);

CREATE TABLE stock (
    warehouse TINYINT UNSIGNED NOT NULL,
    sku VARBINARY(24) NOT NULL,
    pieces INT NOT NULL DEFAULT 0,
    counted TIMESTAMP(3) NULL,
    PRIMARY KEY (warehouse, sku),
    FOREIGN KEY (warehouse) REFERENCES warehouses (id)
);

CREATE TABLE `order` (
    id BIGINT NOT NULL AUTO_INCREMENT,
    customer INT UNSIGNED,
    state ENUM('open','paid','sent','returned') CHARACTER SET ascii NOT NULL DEFAULT 'open',
    `group` VARCHAR(12),
    `total` DECIMAL(14,4),
    `desc` VARCHAR(255) CHARACTER SET utf8mb4,
    placed DATETIME(6) NOT NULL,
    paid TIMESTAMP NULL DEFAULT NULL,
    PRIMARY KEY (id),
    KEY (placed),
    FOREIGN KEY (customer) REFERENCES customers (id)
);

CREATE TABLE `order lines` (
    `order id` BIGINT NOT NULL,
    `line no.` SMALLINT NOT NULL,
    product INT,
    pieces MEDIUMINT NOT NULL DEFAULT 1,
    price DECIMAL(20,4) NOT NULL,
    sum DECIMAL(26,4) AS (price * pieces) VIRTUAL,
    `gift?` BOOL DEFAULT FALSE,
    PRIMARY KEY (`order id`, `line no.`),
    FOREIGN KEY (`order id`) REFERENCES `order` (id),
    FOREIGN KEY (product) REFERENCES products (id)
);

CREATE TABLE payments (
    uuid BINARY(16) NOT NULL PRIMARY KEY,
    order_id BIGINT,
    amount DECIMAL(65,30),
    method SET('card','paypal','cash in person') DEFAULT 'card',
    raw JSON,
    booked DATETIME(1),
    FOREIGN KEY (order_id) REFERENCES `order` (id)
);

CREATE TABLE coupons (
    Code VARCHAR(30) NOT NULL,
    percent TINYINT,
    `valid.from` DATE,
    `valid.to` DATE DEFAULT '9999-12-31',
    used INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (Code)
);

CREATE TABLE `2nd hand` (
    `2nd_id` INT NOT NULL AUTO_INCREMENT,
    `1st price` DECIMAL(9,3) UNSIGNED,
    grade CHAR(1) CHARACTER SET utf8 COLLATE utf8_bin NOT NULL DEFAULT 'B',
    photo MEDIUMBLOB,
    PRIMARY KEY (`2nd_id`)
);

CREATE TABLE carts (
    token CHAR(32) CHARACTER SET ascii NOT NULL,
    customer INT UNSIGNED,
    content LONGTEXT,
    touched DATETIME(2) NOT NULL,
    UNIQUE KEY by_token (token),
    KEY (touched)
);

CREATE TABLE cart_log (
    token CHAR(32) CHARACTER SET ascii,
    what VARCHAR(20),
    at TIMESTAMP(6) NULL,
    amount FLOAT
);

CREATE TABLE `access.log` (
    at DATETIME NOT NULL,
    path VARCHAR(255) CHARACTER SET utf8mb4,
    status SMALLINT UNSIGNED,
    bytes BIGINT
)
PARTITION BY HASH (YEAR(at)) PARTITIONS 3;

CREATE TABLE price_history (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    day DATE NOT NULL,
    product INT,
    price DECIMAL(10,2),
    was DECIMAL(10,2),
    PRIMARY KEY (id, day)
)
PARTITION BY RANGE COLUMNS (day) (
    PARTITION p2010 VALUES LESS THAN ('2010-01-01'),
    PARTITION p2020 VALUES LESS THAN ('2020-01-01'),
    PARTITION later VALUES LESS THAN (MAXVALUE)
);

CREATE TABLE newsletter (
    email VARCHAR(190) CHARACTER SET latin1 COLLATE latin1_swedish_ci NOT NULL,
    lists SET('a','b','c','d','e','f','g','h','i') NOT NULL DEFAULT 'a,c',
    confirmed TINYINT NOT NULL DEFAULT -1,
    ip VARBINARY(16),
    PRIMARY KEY (email)
);

CREATE TABLE tax_rates (
    rate DECIMAL(6,3) NOT NULL,
    country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    valid_from DATE NOT NULL DEFAULT '1970-01-01',
    text VARCHAR(60) CHARACTER SET cp1250,
    PRIMARY KEY (country, rate, valid_from)
);

CREATE TABLE `old "promo" prices` (
    product INT NOT NULL,
    price DECIMAL(10,2) NOT NULL,
    begins DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
    ends DATE NOT NULL DEFAULT '0000-00-00',
    label CHAR(12) CHARACTER SET cp850,
    UNIQUE KEY one (product)
);
