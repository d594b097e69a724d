package dev.slipway.cli.first;

import dev.slipway.cli.first.PolicyDraft.Contact;
import dev.slipway.cli.first.Surroundings.Program;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a draft of what was given, of what was found and, where there is someone to ask, of what they answer. */
public final class Interview {
    /** The line of smoke by which the version that answers is the released one. */
    private static final String SAYS_VERSION = "/version::{version}";

    private final Surroundings around;
    private final Prompt prompt;

    /** Someone who answers. */
    @FunctionalInterface
    public interface Prompt {
        /** Where nobody can be asked: what is proposed. */
        Prompt NOBODY = (_, proposed) -> proposed;

        /** @return the answer, stripped; what is proposed if it is empty */
        String ask(String question, String proposed);
    }

    /**
     * What was given; null and empty lists are not.
     *
     * @param suite empty for no test reports
     */
    public record Given(
            @Nullable String application,
            @Nullable String repository,
            @Nullable String from,
            @Nullable String to,
            List<Contact> contacts,
            @Nullable Integer approvals,
            @Nullable List<String> checks,
            @Nullable String suite,
            @Nullable List<String> command,
            @Nullable String artifact,
            String portEnv,
            @Nullable String health,
            @Nullable List<String> smoke,
            String traffic,
            String hold,
            String bake) {
        public Given {
            contacts = List.copyOf(contacts);
        }
    }

    public Interview(Surroundings around, Prompt prompt) {
        this.around = around;
        this.prompt = prompt;
    }

    public PolicyDraft draft(Given given) {
        String application = given(given.application(), "Name of the application", around.application());
        String repository = required(
                given.repository(),
                "Git repository",
                around.repository(),
                "which repository? There is none here: git init and commit first, or say --repository file:/path");
        String from = given(given.from(), "Branch that releases are made of", around.from());
        String to = given(given.to(), "Branch that they are merged into", around.to());
        List<String> command = command(given);
        String health = given(given.health(), "Path that answers 200 when it is healthy", "/health");
        List<String> smoke = given.smoke() != null
                ? given.smoke()
                : words(prompt.ask(
                        "Paths that must answer 200 in staging, apart by blanks (PATH::TEXT: contains the text)",
                        health + (around.saysVersion() ? " " + SAYS_VERSION : "")));
        List<Contact> contacts = given.contacts().isEmpty() ? contacts() : given.contacts();
        Integer approvals = given.approvals();
        int people = approvals != null
                ? approvals
                : number(prompt.ask("How many people must approve, other than who wrote it", "1"));
        List<String> checks = given.checks() != null
                ? given.checks()
                : words(prompt.ask("CI checks that must have passed, apart by blanks", "build"));
        String suite = given(given.suite(), "Suite of JUnit reports that must pass", "unit");
        return new PolicyDraft(
                application,
                repository,
                from,
                to,
                contacts,
                people,
                checks,
                suite,
                command,
                given.portEnv(),
                health,
                smoke,
                given.traffic(),
                given.hold(),
                given.bake(),
                List.of());
    }

    private List<String> command(Given given) {
        @Nullable List<String> named = given.command();
        Optional<Program> program =
                Optional.ofNullable(given.artifact()).flatMap(Program::of).or(around::program);
        List<String> command = named != null
                ? named
                : PolicyDraft.command(
                        required(
                                null,
                                "How it is started; {artifact} is the file that is released, {folder} what an archive holds",
                                program.filter(found -> !found.command().isEmpty())
                                        .map(found -> String.join(" ", found.command())),
                                "how is it started? Say --program python3, or --command \"java -jar {artifact}\"; of a native binary --command \"{artifact}\", of an archive --command \"{folder}/bin/server\""));
        boolean archive = program.filter(found -> found.command().isEmpty()).isPresent(); // started in its folder
        if (!archive && command.stream().noneMatch(Interview::isReleased)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "'%s' would start the same for every version: put {artifact} where the released file's path belongs"
                            .formatted(String.join(" ", command)));
        }
        return command;
    }

    private static boolean isReleased(String word) {
        return word.contains("{artifact}") || word.contains("{artifacts.") || word.contains("{folder}");
    }

    private List<Contact> contacts() {
        return List.of(Contact.parse(required(
                null,
                "Who is told (ROLE:NAME:EMAIL, :#CHANNEL for Slack)",
                around.author().map(Contact::toString),
                "who is told? Say --contact technical-lead:Ada:ada@example.test")));
    }

    private String given(@Nullable String given, String question, String proposed) {
        return given != null ? given : prompt.ask(question, proposed);
    }

    private String required(@Nullable String given, String question, Optional<String> proposed, String remedy) {
        String answer = given(given, question, proposed.orElse(""));
        if (answer.isBlank()) {
            throw new CommandFailed(ExitCode.USAGE, remedy);
        }
        return answer;
    }

    private static List<String> words(String answer) {
        return Stream.of(answer.split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static int number(String answer) {
        if (!answer.matches("\\d{1,2}")) {
            throw new CommandFailed(ExitCode.USAGE, "'%s' is no number of people: 0 to 20".formatted(answer));
        }
        return Integer.parseInt(answer);
    }
}
