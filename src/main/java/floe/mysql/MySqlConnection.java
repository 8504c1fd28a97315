package floe.mysql;

import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * How the MySQL server is reached.
 *
 * @param password never to be shown
 */
public record MySqlConnection(String host, int port, String user, String password, MySqlTls tls) {

    /** Where a process has no server. */
    public static MySqlConnection none() {
        return new MySqlConnection("", 1, "", "", new MySqlTls(MySqlTls.Mode.PREFERRED, Optional.empty()));
    }

    /**
     * Reads the settings.
     *
     * @throws WrongSetting if one is missing or wrong
     */
    public static MySqlConnection read(Settings settings) {
        String host = settings.text("capture.host", "the host name of the MySQL server");
        return new MySqlConnection(
                host,
                settings.number("capture.port", 1, 65_535),
                settings.text("capture.user", "the name of a MySQL user with the privileges that the README lists"),
                settings.secret("capture.password", "that user's password"),
                MySqlTls.read(settings, host));
    }

    /**
     * A JDBC connection to the server.
     *
     * @throws SQLException if there is none to be had; the message names server, user and reason
     */
    public Connection connect() throws SQLException {
        return connect(new Properties());
    }

    /**
     * The same with properties of Connector/J besides those that every connection has.
     *
     * @throws SQLException if there is none to be had; the message names server, user and reason
     */
    public Connection connect(Properties more) throws SQLException {
        Properties properties = tls.jdbcProperties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10000");
        properties.setProperty("socketTimeout", "60000");
        properties.putAll(more);
        try {
            return DriverManager.getConnection("jdbc:mysql://" + address() + "/", properties);
        } catch (SQLException e) {
            throw new SQLException(
                    "MySQL at " + address() + " does not answer as user " + user + ": " + tls.explain(e),
                    e.getSQLState(),
                    e.getErrorCode(),
                    e);
        }
    }

    /** Host and port, to read. */
    public String address() {
        return host + ":" + port;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return address() + " as " + user;
    }
}
