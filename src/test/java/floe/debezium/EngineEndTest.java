package floe.debezium;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.capture.CaptureFailed;
import io.debezium.DebeziumException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class EngineEndTest {

    private final EngineEnd end = new EngineEnd();

    @Test
    void anEngineThatWasClosedEndsWell() {
        end.handle(true, "", null);

        assertThatCode(end::check).doesNotThrowAnyException();
    }

    @Test
    void whatDebeziumSaysDeepestIsTheReason() {
        end.handle(false, "stopped", new ConnectException("outer", new DebeziumException("the binlog is gone")));

        assertThatThrownBy(end::check).isInstanceOf(CaptureFailed.class).hasMessage("the binlog is gone");
    }

    @Test
    void whatFloeItselfThrewComesOutAsItWas() {
        CaptureFailed thrown = new CaptureFailed("The state cannot be saved", new java.io.IOException("disk full"));
        end.handle(false, "stopped", new DebeziumException("outer", thrown));

        assertThatThrownBy(end::check).isSameAs(thrown);
    }

    @Test
    void whatNobodyForesawKeepsItsTrace() {
        NumberFormatException thrown = new NumberFormatException("x");
        end.handle(false, "stopped", thrown);

        assertThatThrownBy(end::check).isNotInstanceOf(CaptureFailed.class).hasCause(thrown);
    }

    @Test
    void theReasonForClosingItComesFirst() {
        end.lost("MySQL has sent nothing");
        end.handle(false, "stopped", new DebeziumException("closed"));

        assertThatThrownBy(end::check).hasMessage("MySQL has sent nothing");
    }
}
