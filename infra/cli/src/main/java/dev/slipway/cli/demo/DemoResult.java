package dev.slipway.cli.demo;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.release.ReleasePhase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** How a demo went. Its JSON is a contract: field names and order as written here. */
public record DemoResult(Good good, Bad bad, Deliveries deliveries) {
    /**
     * The release that ships.
     *
     * @param seconds from its proposal to its end
     */
    public record Good(String id, ReleasePhase state, BigDecimal seconds) {}

    /**
     * The release that is taken back.
     *
     * @param detectedAfterSeconds from the first live request that it answered to the decision to go back
     * @param answersByBadVersion live requests that it answered, well or not
     */
    public record Bad(String id, ReleasePhase state, BigDecimal detectedAfterSeconds, long answersByBadVersion) {}

    /** Alerts about the bad release that were delivered. */
    public record Deliveries(long slack, long email) {}

    static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).setScale(1, RoundingMode.HALF_UP);
    }

    boolean asItShouldBe(Alerts alerts) {
        return good.state == ReleasePhase.COMPLETED
                && bad.state == ReleasePhase.ROLLED_BACK
                && alerts.missing().isEmpty();
    }

    /** One line. */
    public String toJson() {
        return WireJson.mapper().writeValueAsString(this);
    }
}
