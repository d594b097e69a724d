package dev.slipway.cli;

import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.OpenWaiver;
import dev.slipway.contracts.release.WaiverView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./slipway waivers} */
@Command(
        name = "waivers",
        description = {
            "List the gates and duties that releases on their way go without, or that somebody has asked to waive: who, why,",
            "until when, and who confirmed it."
        },
        footer = {"", "Example:", "  slipway waivers", "  slipway waivers hello"})
final class WaiversCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "APPLICATION", description = "Of this one alone.")
    private @Nullable String application;

    WaiversCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<OpenWaiver> open =
                context.gateway().waivers(application, context.access().token(Role.VIEWER));
        context.answer(open, lines(open));
        return ExitCode.OK.code();
    }

    private static List<String> lines(List<OpenWaiver> open) {
        if (open.isEmpty()) {
            return List.of("nothing is waived");
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                "%-24s %-20s %-21s %-26s %-26s %s".formatted("release", "gate", "until", "by", "confirmed", "reason"));
        for (OpenWaiver each : open) {
            WaiverView waiver = each.waiver();
            lines.add("%-24s %-20s %-21s %-26s %-26s %s"
                    .formatted(
                            each.release(),
                            waiver.gate(),
                            waiver.until(),
                            waiver.by(),
                            waiver.confirmedBy() == null ? "not yet" : waiver.confirmedBy(),
                            waiver.reason()));
        }
        return lines;
    }
}
