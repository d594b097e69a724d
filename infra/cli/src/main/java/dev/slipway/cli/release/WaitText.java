package dev.slipway.cli.release;

import dev.slipway.contracts.release.DutyView;
import java.util.ArrayList;
import java.util.List;

/** What a release waits on others for, as people read it under its duty. */
final class WaitText {
    private static final String MARGIN = "           ";

    private WaitText() {}

    /** On whom, since when and until when at the latest, and what ends it; nothing where whoever is asked does it. */
    static List<String> lines(DutyView duty) {
        DutyView.WaitView on = duty.waits();
        if (on == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(MARGIN + "waits on " + on.on()
                + (on.since() == null ? "" : " since %s, until %s at most".formatted(on.since(), on.until())));
        lines.add(MARGIN + "ends by " + String.join(", or by ", on.ends()));
        return lines;
    }
}
