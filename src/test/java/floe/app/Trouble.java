package floe.app;

import java.time.Duration;
import local.LocalWorld;
import local.http.RequestFault;

/** What lasts while the application is told to stop. */
enum Trouble {
    NONE {
        @Override
        void begin(LocalWorld world) {
            // Slow enough that the stop comes in the middle.
            world.kinesis().faults().latency(Duration.ofMillis(200));
        }

        @Override
        boolean isFelt(LocalWorld world) {
            return true;
        }
    },
    WAREHOUSE_OUT_OF_REACH {
        @Override
        void begin(LocalWorld world) {
            world.snowflake().faults().failRequests(RequestFault.UNAVAILABLE, 1);
        }

        @Override
        boolean isFelt(LocalWorld world) {
            return !world.s3().keys(LocalWorld.BUCKET, "staging/").isEmpty();
        }
    },
    WAREHOUSE_DIES_IN_A_CALL {
        @Override
        void begin(LocalWorld world) {
            world.snowflake().faults().dieAt(sql -> sql.startsWith("MERGE"), Duration.ofMinutes(1));
        }

        @Override
        boolean isFelt(LocalWorld world) {
            return world.snowflake().faults().deaths() > 0;
        }
    },
    STREAM_THROTTLES_ALL {
        @Override
        void begin(LocalWorld world) {
            world.kinesis().faults().failRequests(RequestFault.THROTTLED, 1);
        }

        @Override
        boolean isFelt(LocalWorld world) {
            return world.kinesis().faults().struck().containsKey(RequestFault.THROTTLED);
        }
    },
    FILES_DO_NOT_COME {
        @Override
        void begin(LocalWorld world) {
            world.s3()
                    .faults()
                    .only((method, path) -> method.equals("GET") && path.contains("/staging/"))
                    .failRequests(RequestFault.UNANSWERED, 1);
        }

        @Override
        boolean isFelt(LocalWorld world) {
            return world.s3().faults().struck().containsKey(RequestFault.UNANSWERED);
        }
    },
    SOURCE_IS_DOWN {
        @Override
        void begin(LocalWorld world) {
            world.mysql().kill();
        }

        @Override
        boolean isFelt(LocalWorld world) {
            return true;
        }
    };

    abstract void begin(LocalWorld world);

    /** Whether the application can have met it. */
    abstract boolean isFelt(LocalWorld world);

    void end(LocalWorld world) {
        world.kinesis().faults().clear();
        world.s3().faults().clear();
        world.snowflake().faults().clear();
        if (!world.mysql().isRunning()) {
            world.mysql().start();
        }
    }
}
