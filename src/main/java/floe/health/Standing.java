package floe.health;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A check of a stage's readiness that can tell more of the stage than health has room for: it is named as the stage is. */
public interface Standing {

    /**
     * Adds to {@code answer} what stands where, such as {@code tables}: an array with an object for each table that has its
     * {@code table} and {@code state}, and {@code about} where there is more to say, in words without any value of a row. May
     * be called by any thread.
     */
    void tell(ObjectNode answer);
}
