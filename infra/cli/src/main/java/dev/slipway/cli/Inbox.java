package dev.slipway.cli;

import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.PlatformPorts;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform's inbox.
 *
 * @param content as the platform says it: {@code slack}, {@code email}, oldest first
 */
record Inbox(JsonNode content) {
    private static final Duration ANSWER_MAX = Pace.patience(Duration.ofSeconds(10));
    private static final int ANSWER_BYTES_MAX = 64 << 20;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    static Inbox read(Home home) {
        @Nullable PlatformPorts ports = PlatformPorts.of(home);
        String down = "the inbox does not answer: start Slipway with ./slipway up";
        if (ports == null) {
            throw new CommandFailed(ExitCode.UNREACHABLE, down);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/inbox".formatted(ports.slack())))
                .timeout(ANSWER_MAX)
                .build();
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ANSWER_MAX)
                .build()) {
            String body = http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX))
                    .body();
            return new Inbox(JsonMapper.shared().readTree(body));
        } catch (IOException refused) {
            throw new CommandFailed(ExitCode.UNREACHABLE, down, refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "interrupted", interrupted);
        }
    }

    private record Item(long seq, List<String> lines) {}

    /** The latest messages, in the order in which they came. */
    List<String> lines(int max, ZoneId zone) {
        List<Item> items = new ArrayList<>();
        each("slack").forEach(message -> items.add(slack(message, zone)));
        each("email").forEach(mail -> items.add(mail(mail, zone)));
        items.sort(Comparator.comparingLong(Item::seq));
        if (items.isEmpty()) {
            return List.of("the inbox is empty");
        }
        return items.subList(Math.max(0, items.size() - max), items.size()).stream()
                .flatMap(item -> item.lines().stream())
                .toList();
    }

    private List<JsonNode> each(String kind) {
        return StreamSupport.stream(content.path(kind).spliterator(), false).toList();
    }

    private static Item slack(JsonNode message, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        lines.add("%s slack %s%s"
                .formatted(
                        time(message, zone),
                        message.path("channel").asString(""),
                        message.has("threadTs") ? " (in the thread)" : ""));
        indented(message.path("text").asString(""), lines);
        return new Item(message.path("seq").asLong(), lines);
    }

    private static Item mail(JsonNode mail, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        List<String> to = StreamSupport.stream(mail.path("to").spliterator(), false)
                .map(address -> address.asString(""))
                .toList();
        lines.add("%s email %s: %s"
                .formatted(
                        time(mail, zone),
                        String.join(", ", to),
                        mail.path("subject").asString("")));
        indented(mail.path("text").asString(""), lines);
        return new Item(mail.path("seq").asLong(), lines);
    }

    private static void indented(String text, List<String> lines) {
        text.strip().lines().forEach(line -> lines.add("    " + line));
        lines.add("");
    }

    private static String time(JsonNode arrival, ZoneId zone) {
        return TIME.format(Instant.parse(arrival.path("at").asString()).atZone(zone));
    }
}
