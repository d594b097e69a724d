package dev.slipway.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What people are told of programs that misbehave, without what differs from run to run: paths, ports, amounts. */
final class ToldTable {
    private static final List<String> SHOWN =
            List.of("Why: ", "The last that it wrote:", "  | ", "Done: ", "Asked of you: ");
    private static final String HEAD = """
            # Programs that misbehave, and what people are told
            Written by `MisbehavingIT`, which holds it in every thorough build (anew with `mvn verify -Pthorough -Dit.test=MisbehavingIT -Dslipway.misbehaving.rewrite=true`). Each program is an application of its own, released by an event at the gateway, through staging and production, on all services, broker, store and receivers of mail and Slack. What differs from run to run stands as N, and what users had of a version by then is left out. The same words come over Slack.

            | the program | its releases ended | mails to its contact | what the last one about it says | what its log says |
            |---|---|---|---|---|
            """;

    private final Path home;
    private final List<String> rows = new ArrayList<>();

    ToldTable(Path home) {
        this.home = home;
    }

    void add(Misbehaviour way, List<String> ends, List<JsonNode> mails) {
        List<String> endings = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            endings.add(way.releases().get(i).version() + " " + ends.get(i));
        }
        String subjects = mails.stream()
                .map(mail -> mail.path("subject").asString("").replace("[Slipway] ", ""))
                .collect(Collectors.joining("; "));
        String said = mails.isEmpty() ? "" : said(mails.getLast().path("text").asString(""));
        rows.add("| %s: %s | %s | %s | %s | %s |"
                .formatted(
                        way.application(),
                        way.says(),
                        String.join(", ", endings),
                        subjects,
                        said,
                        String.join("; ", way.logged())));
    }

    private String said(String text) {
        return text.lines()
                .filter(line -> SHOWN.stream().anyMatch(line::startsWith))
                .map(this::steady)
                .collect(Collectors.joining("<br>"));
    }

    private String steady(String line) {
        return line.replace(home.toString(), ".slipway")
                .replaceAll("-[0-9a-f]{8}/output", "-N/output")
                .replaceAll("\\(\\d+, told", "(N, told")
                .replaceAll("after \\d+ s", "after N s")
                .replaceAll("\\d+ MB in", "N MB in")
                .replaceAll("\\. Users of .*? had .*?, as far as is counted by now\\.", "")
                .replaceAll("this machine is \\w+", "this machine is N")
                .replace("|", "&#124;")
                .strip();
    }

    String text() {
        return Stream.concat(Stream.of(HEAD.strip()), rows.stream()).collect(Collectors.joining("\n")) + "\n";
    }
}
