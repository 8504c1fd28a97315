package floe.web;

import java.util.List;
import java.util.Map;
import javax.management.MalformedObjectNameException;

/** What Hawtio asks of a user's rights; the names are Hawtio's. */
public interface RightsMBean {

    /** Whether anything of the MBean may be used. */
    boolean canInvoke(String mbean);

    /** Whether an operation may be called, named with the types of its parameters. */
    boolean canInvoke(String mbean, String operation) throws MalformedObjectNameException;

    /** Whether an operation may be called. */
    boolean canInvoke(String mbean, String operation, String[] types) throws MalformedObjectNameException;

    /** For each MBean and each of these operations of it, {@code CanInvoke} and whether it may be called. */
    Map<String, Map<String, Map<String, Boolean>>> canInvoke(Map<String, List<String>> operations)
            throws MalformedObjectNameException;
}
