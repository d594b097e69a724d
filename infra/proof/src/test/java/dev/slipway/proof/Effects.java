package dev.slipway.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What took effect outside of Slipway: processes on the target, messages at the receivers. */
final class Effects {
    private Effects() {}

    /** How many processes were ever started for each rollout of these releases, as the target's own journal has it. */
    static Map<String, Integer> starts(Path home, List<String> releases) throws IOException {
        Map<String, Set<String>> births = new HashMap<>();
        try (Stream<Path> files = Files.walk(home.resolve("targets"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().equals("starts.jsonl"))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode entry = JsonMapper.shared().readTree(line);
                    String key = entry.path("key").asString("");
                    boolean proof =
                            key.indexOf('@') != key.lastIndexOf('@'); // of the way back: names the version before too
                    if (!proof
                            && releases.stream().anyMatch(release -> key.startsWith(release + "/"))
                            && !entry.path("effect").asString("").equals("STOPPED")) {
                        births.computeIfAbsent(key, _ -> new HashSet<>())
                                .add(entry.path("birth")
                                        .asString(entry.path("pid").asString("")));
                    }
                }
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        births.forEach((key, different) -> counts.put(key, different.size()));
        return counts;
    }

    /** Ids of Slack deliveries that arrived more than once. */
    static List<String> doubledSlack(JsonNode inbox) {
        List<String> doubled = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode message : inbox.path("slack")) {
            String delivery = message.path("metadata")
                    .path("event_payload")
                    .path("delivery")
                    .asString("");
            if (!delivery.isEmpty() && !seen.add(delivery)) {
                doubled.add(delivery);
            }
        }
        return doubled;
    }

    /** How many copies of mails came that a receiver shows once, as they have the same Message-ID. */
    static int repeatedMails(JsonNode inbox) {
        int repeats = 0;
        for (JsonNode mail : inbox.path("email")) {
            repeats += mail.path("repeats").asInt(0);
        }
        return repeats;
    }

    /** Mails that a receiver shows twice. */
    static List<String> doubledMails(JsonNode inbox) {
        List<String> doubled = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode mail : inbox.path("email")) {
            String key = mail.path("messageId").asString("") + " " + mail.path("to");
            if (!seen.add(key)) {
                doubled.add(key);
            }
        }
        return doubled;
    }
}
