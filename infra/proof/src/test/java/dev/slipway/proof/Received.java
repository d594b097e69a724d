package dev.slipway.proof;

import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.PlatformPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What arrived at the mail and Slack receivers of a home's platform. */
final class Received {
    private final Path home;
    private final HttpClient http;

    Received(Path home, HttpClient http) {
        this.home = home;
        this.http = http;
    }

    /** At an address, oldest first. */
    List<JsonNode> mails(String address) throws IOException, InterruptedException {
        return inbox().path("email")
                .valueStream()
                .filter(mail -> mail.path("to")
                        .valueStream()
                        .anyMatch(to -> to.asString("").equals(address)))
                .toList();
    }

    /** How many mails at an address have this subject and hold these words. */
    long mails(String address, String subject, String words) throws IOException, InterruptedException {
        return mails(address).stream()
                .filter(mail -> mail.path("subject").asString("").equals(subject)
                        && mail.path("text").asString("").contains(words))
                .count();
    }

    /** The texts in a room, oldest first. */
    List<String> said(String room) throws IOException, InterruptedException {
        return inbox().path("slack")
                .valueStream()
                .filter(message -> message.path("channel").asString("").equals(room))
                .map(message -> message.path("text").asString(""))
                .toList();
    }

    private JsonNode inbox() throws IOException, InterruptedException {
        int port = Objects.requireNonNull(PlatformPorts.of(new Home(home))).slack();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/inbox".formatted(port)))
                .build();
        return JsonMapper.shared()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
