package floe.staging;

import static org.assertj.core.api.Assertions.assertThat;

import floe.aws.AwsClients;
import org.junit.jupiter.api.Test;

class DoorbellTest {

    private final Doorbell doorbell = new Doorbell(new AwsClients(), StagingSettings.NONE);

    @Test
    void aRingThatComesAgainIsKnownByItsLastReceipt() {
        doorbell.rung("one", "first");
        doorbell.rung("one", "second");

        assertThat(doorbell.rings()).hasSize(1).containsEntry("one", "second");
    }

    @Test
    void ofManyRingsTheLatestAreKept() {
        for (int i = 0; i < 100_000; i++) {
            doorbell.rung("message " + i, "receipt");
        }

        assertThat(doorbell.rings()).hasSize(1_000).containsKeys("message 99000", "message 99999");
    }
}
