-- The employees: a schema of 1998 that moved from one database to the next, with its offices' own character sets.
CREATE DATABASE `staff & co` CHARACTER SET latin2 COLLATE latin2_general_ci;
USE `staff & co`;

CREATE TABLE departments (
    dept_no CHAR(4) NOT NULL,
    dept_name VARCHAR(40) NOT NULL,
    budget NUMERIC(15,2),
    founded YEAR DEFAULT 1998,
    PRIMARY KEY (dept_no),
    UNIQUE KEY (dept_name)
);

CREATE TABLE offices (
    id SMALLINT NOT NULL PRIMARY KEY,
    city VARCHAR(60) CHARACTER SET utf8mb4,
    floor_plan POLYGON,
    exits MULTIPOINT,
    road LINESTRING,
    anything GEOMETRY
);

CREATE TABLE employees (
    emp_no INT NOT NULL,
    birth_date DATE NOT NULL,
    first_name VARCHAR(14) NOT NULL,
    last_name VARCHAR(16) NOT NULL,
    gender ENUM('M','F') NOT NULL,
    hire_date DATE NOT NULL,
    office SMALLINT,
    boss INT,
    initials CHAR(2) AS (CONCAT(LEFT(first_name, 1), LEFT(last_name, 1))) STORED,
    PRIMARY KEY (emp_no),
    KEY (last_name, first_name),
    FOREIGN KEY (office) REFERENCES offices (id),
    FOREIGN KEY (boss) REFERENCES employees (emp_no)
);

CREATE TABLE dept_emp (
    emp_no INT NOT NULL,
    dept_no CHAR(4) NOT NULL,
    from_date DATE NOT NULL,
    to_date DATE NOT NULL DEFAULT '9999-01-01',
    PRIMARY KEY (emp_no, dept_no),
    FOREIGN KEY (emp_no) REFERENCES employees (emp_no),
    FOREIGN KEY (dept_no) REFERENCES departments (dept_no)
);

CREATE TABLE dept_manager (
    dept_no CHAR(4) NOT NULL,
    emp_no INT NOT NULL,
    from_date DATE NOT NULL,
    to_date DATE,
    PRIMARY KEY (emp_no, dept_no),
    FOREIGN KEY (emp_no) REFERENCES employees (emp_no) ON DELETE CASCADE ON UPDATE CASCADE,
    FOREIGN KEY (dept_no) REFERENCES departments (dept_no)
);

CREATE TABLE titles (
    emp_no INT NOT NULL,
    title VARCHAR(50) CHARACTER SET utf8 NOT NULL,
    from_date DATE NOT NULL,
    to_date DATE DEFAULT NULL,
    PRIMARY KEY (emp_no, title, from_date),
    FOREIGN KEY (emp_no) REFERENCES employees (emp_no)
);

CREATE TABLE salaries (
    emp_no INT NOT NULL,
    salary INT UNSIGNED NOT NULL,
    from_date DATE NOT NULL,
    to_date DATE NOT NULL,
    paid DECIMAL(20,10) ZEROFILL,
    PRIMARY KEY (emp_no, from_date)
)
PARTITION BY RANGE (YEAR(from_date)) (
    PARTITION p1990 VALUES LESS THAN (1990),
    PARTITION p2000 VALUES LESS THAN (2000),
    PARTITION p2020 VALUES LESS THAN (2020),
    PARTITION rest VALUES LESS THAN MAXVALUE
);

CREATE TABLE badges (
    chip BIT(40) NOT NULL,
    emp_no INT,
    pin SMALLINT(4) ZEROFILL,
    doors SET('a','b','c','d','e','f','g','h','i','j','k','l','m','n','o','p','q') NOT NULL DEFAULT 'a',
    issued TIMESTAMP NULL,
    PRIMARY KEY (chip),
    FOREIGN KEY (emp_no) REFERENCES employees (emp_no) ON DELETE SET NULL
);

CREATE TABLE `Verträge` (
    `Nr.` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `Jahr` YEAR NOT NULL,
    `Betrag €` DECIMAL(11,3),
    `Gültig bis` DATETIME,
    `Text` LONGTEXT,
    `Unterschrift` LONGBLOB,
    PRIMARY KEY (`Nr.`, `Jahr`)
) CHARACTER SET latin1;

CREATE TABLE languages (
    code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    `in Czech` VARCHAR(40) COLLATE latin2_czech_cs,
    `in Greek` VARCHAR(40) CHARACTER SET greek,
    `in Hebrew` VARCHAR(40) CHARACTER SET hebrew,
    `in Russian` VARCHAR(40) CHARACTER SET cp1251,
    `in Chinese` VARCHAR(40) CHARACTER SET gbk,
    `in Korean` VARCHAR(40) CHARACTER SET euckr,
    `in Japanese` VARCHAR(40) CHARACTER SET ujis,
    `in Ukrainian` VARCHAR(40) CHARACTER SET koi8u,
    `in anything` VARCHAR(40) CHARACTER SET utf16
);

CREATE TABLE speaks (
    emp_no INT NOT NULL,
    language VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    level TINYINT UNSIGNED NOT NULL DEFAULT 1,
    PRIMARY KEY (language, emp_no),
    FOREIGN KEY (emp_no) REFERENCES employees (emp_no),
    FOREIGN KEY (language) REFERENCES languages (code)
);

CREATE TABLE reviews (
    id MEDIUMINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    emp_no INT,
    score FLOAT NOT NULL DEFAULT 0,
    `exact score` DOUBLE,
    remarks JSON,
    held DATETIME(4) DEFAULT CURRENT_TIMESTAMP(4),
    FOREIGN KEY (emp_no) REFERENCES employees (emp_no)
);

CREATE TABLE absences (
    emp_no INT NOT NULL,
    day DATE NOT NULL,
    reason ENUM('holiday','ill','parental','other') NOT NULL,
    hours TIME(1) NOT NULL DEFAULT '08:00:00',
    UNIQUE KEY once (emp_no, day),
    FOREIGN KEY (emp_no) REFERENCES employees (emp_no)
);

CREATE TABLE `punch clock` (
    emp_no INT,
    at DATETIME,
    `in/out` CHAR(3)
);

CREATE TABLE `Straßen & Orte` (
    plz CHAR(5) CHARACTER SET ascii NOT NULL,
    `Straße` VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_german2_ci NOT NULL,
    lage POINT,
    gebiet MULTIPOLYGON,
    netz MULTILINESTRING,
    `alles` GEOMETRYCOLLECTION,
    PRIMARY KEY (plz, `Straße`)
);

CREATE TABLE applicants (
    `applicant,no` BIGINT NOT NULL,
    name VARCHAR(60) CHARACTER SET utf8mb4,
    `"quoted"` VARCHAR(10),
    `back``tick` VARCHAR(10),
    `percent%` TINYINT,
    `$alary` MEDIUMINT,
    `wish {EUR}` DECIMAL(9,2),
    PRIMARY KEY (`applicant,no`)
);
