package dev.slipway.cli.release;

import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.OwedDuty;
import java.util.ArrayList;
import java.util.List;

/** What is left to do of releases that have ended, with the ones that come after them. */
public final class OwedText {
    private OwedText() {}

    /** Of each: whose it is and where it is, until when, and how it is answered. */
    public static List<String> lines(List<OwedDuty> all) {
        List<String> lines = new ArrayList<>();
        String term = "left of";
        for (OwedDuty owed : all) {
            DutyView duty = owed.duty();
            lines.add("%-10s %s: %s %s (%s): %s"
                    .formatted(
                            term,
                            owed.release(),
                            duty.id(),
                            GuideAnswer.word(duty.state()).replace('-', ' '),
                            duty.by(),
                            duty.text()));
            if (duty.timing() != null) {
                lines.add("           " + ReleaseText.timing(duty.timing()));
            }
            lines.addAll(WaitText.lines(duty));
            if (duty.waits() == null) {
                lines.add("           ./slipway release duty %s %s pass --reason WHY --as EMAIL"
                        .formatted(owed.release(), duty.id()));
            }
            term = "";
        }
        return lines;
    }
}
