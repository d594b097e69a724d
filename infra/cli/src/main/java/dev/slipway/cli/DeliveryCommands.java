package dev.slipway.cli;

import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.contracts.notification.RetryAnswer;
import dev.slipway.contracts.notification.RetryRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway deliveries ...} */
@Command(
        name = "deliveries",
        description = "Show who was told what, and send again what could not be delivered.",
        footer = {"", "Examples:", "  slipway deliveries --release hello@1.0.0", "  slipway deliveries --undelivered"})
final class DeliveryCommands implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--release", paramLabel = "ID", description = "Of this release alone.")
    private @Nullable String release;

    @Option(names = "--undelivered", description = "Only what has not arrived.")
    private boolean undelivered;

    DeliveryCommands(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<DeliveryView> deliveries =
                context.gateway().deliveries(release, context.access().token(Role.VIEWER)).stream()
                        .filter(each -> !undelivered || each.state() != DeliveryView.State.DELIVERED)
                        .toList();
        context.answer(deliveries, Tables.deliveries(deliveries));
        return ExitCode.OK.code();
    }

    @Command(
            description = "Send again what waits for its next attempt or was given up, once it has been mended.",
            footer = {"", "Example:", "  slipway deliveries retry --channel email --reason \"new password set\""})
    int retry(
            @Option(names = "--release", paramLabel = "ID", description = "Of this release alone.") @Nullable
                    String ofRelease,
            @Option(
                            names = "--channel",
                            paramLabel = "CHANNEL",
                            description = "Over slack, email, status-page or release-text alone.")
                    @Nullable
                    String channel,
            @Option(names = "--delivery", paramLabel = "ID", description = "This one alone; --json tells its id.")
                    @Nullable
                    String delivery,
            @Option(names = "--reason", required = true, description = "What was mended, for the record.")
                    String reason) {
        RetryRequest request = new RetryRequest(
                ofRelease == null ? null : new ReleaseId(ofRelease), channel(channel), delivery, reason);
        RetryAnswer answer =
                context.gateway().sendAgain(request, context.access().token(Role.OPERATOR));
        List<String> lines = new ArrayList<>();
        lines.add(answer.count() == 0 ? "nothing waits and nothing was given up" : "sent again: " + answer.count());
        if (!answer.deliveries().isEmpty()) {
            lines.addAll(Tables.deliveries(answer.deliveries()));
        }
        if (answer.deliveries().size() < answer.count()) {
            lines.add("and %d more: ./slipway deliveries --undelivered"
                    .formatted(answer.count() - answer.deliveries().size()));
        }
        context.answer(answer, lines);
        return ExitCode.OK.code();
    }

    private static @Nullable Channel channel(@Nullable String name) {
        return switch (name == null ? "" : name.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "slack" -> Channel.SLACK;
            case "email" -> Channel.EMAIL;
            case "status-page" -> Channel.STATUS_PAGE;
            case "release-text" -> Channel.RELEASE_TEXT;
            default ->
                throw new CommandFailed(
                        ExitCode.USAGE, "--channel is slack, email, status-page or release-text, not " + name);
        };
    }
}
