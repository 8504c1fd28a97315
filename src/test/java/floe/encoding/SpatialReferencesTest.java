package floe.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.junit.jupiter.api.Test;

/** Each spatial reference system of the server, in which a point has its axes in one order and its bytes in another. */
class SpatialReferencesTest {

    /**
     * Where this fails for a later MySQL, the file {@code latitude-first.txt} is to be made anew: the numbers, one a line or
     * {@code first-last}, for which {@code ST_X(ST_GeomFromText('POINT(1 2)', srs_id))} gives the latitude, which are those
     * whose definition has {@code AXIS["Lat",NORTH]} before {@code AXIS["Lon",EAST]}.
     */
    @Test
    void aPointHasItsAxesInTheOrderOfItsSystem() throws Exception {
        try (BothWays mysql = new BothWays(new MySqlServer(MySqlSettings.defaults()))) {
            List<BothWays.Row> rows = mysql.rows(
                    "GEOMETRY",
                    "CONCAT('SRID=', ST_SRID(c), ';', ST_AsText(c))",
                    "INSERT INTO t (c) SELECT ST_GeomFromText('POINT(1 2)', srs_id)"
                            + " FROM information_schema.ST_SPATIAL_REFERENCE_SYSTEMS");

            assertThat(rows).hasSizeGreaterThan(5000).allSatisfy(row -> {
                assertThat(row.images()).hasSize(4).containsOnly(row.selected());
                assertThat(new ObjectMapper().readTree(row.selected().json()).textValue())
                        .isEqualTo(row.shown());
            });
        }
    }
}
