package local.mysql;

import java.nio.file.Path;
import java.util.Map;

/** A mysqld that lies unpacked on this machine. */
interface Installation {

    /** Its name and version, for people. */
    String name();

    /** The program, with the options that say where its own files are, and with the environment that it needs. */
    ProcessBuilder mysqld();

    /** Those of the options that this version knows, in their order, and what it needs besides. */
    Map<String, String> options(Map<String, String> asked);

    /** How the password of a user is kept, as in {@code IDENTIFIED WITH}. */
    String passwordPlugin();

    /** Where its initialized empty data directory is, or will be. */
    Path emptyData();
}
