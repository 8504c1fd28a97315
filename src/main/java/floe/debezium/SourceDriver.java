package floe.debezium;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.Driver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * MySQL's JDBC driver as Debezium is to use it: with {@link PositionBeforeData}. Debezium takes a driver by its class, and
 * takes the driver's property for interceptors out of its own configuration.
 */
public final class SourceDriver extends Driver {

    /** Made by Debezium. */
    public SourceDriver() throws SQLException {
        // The driver's own constructor may fail.
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(info);
        properties.setProperty(PropertyKey.queryInterceptors.getKeyName(), PositionBeforeData.class.getName());
        return super.connect(url, properties);
    }
}
