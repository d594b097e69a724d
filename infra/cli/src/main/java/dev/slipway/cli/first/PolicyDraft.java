package dev.slipway.cli.first;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is written from. Nothing is checked here that the policy's reader checks: it reads what comes out.
 *
 * @param repository a {@code file:} address, absolute or from the policy's folder
 * @param command program and arguments; {@code {artifact}} stands for the artifact's path
 * @param portEnv variable that tells the program its port
 * @param smoke paths that must answer 200 in staging and that probes ask for; {@code path::text} where the answer must
 *     contain the text
 * @param checks names of pipeline runs that must have passed
 * @param suite of the test reports that are asked for; empty for none
 * @param traffic {@code probe} or {@code live}
 * @param hold how long each share is held, as policies write it
 * @param bake how long full traffic is watched, as policies write it
 * @param kinds of evidence beside test reports that the build makes
 */
public record PolicyDraft(
        String application,
        String repository,
        String from,
        String to,
        List<Contact> contacts,
        int approvals,
        List<String> checks,
        String suite,
        List<String> command,
        String portEnv,
        String health,
        List<String> smoke,
        String traffic,
        String hold,
        String bake,
        List<String> kinds) {
    public PolicyDraft {
        kinds = List.copyOf(kinds);
        contacts = List.copyOf(contacts);
        checks = List.copyOf(checks);
        command = List.copyOf(command);
        smoke = List.copyOf(smoke);
    }

    /** The same with gates over more kinds of evidence. */
    public PolicyDraft asking(List<String> more) {
        return new PolicyDraft(
                application,
                repository,
                from,
                to,
                contacts,
                approvals,
                checks,
                suite,
                command,
                portEnv,
                health,
                smoke,
                traffic,
                hold,
                bake,
                more);
    }

    /** Who is told. */
    public record Contact(
            String role,
            String name,
            String email,
            @Nullable String slack) {
        private static final Pattern FORM =
                Pattern.compile("([^:]+):([^:]+):([^:@\\s]+@[^:@\\s]+)(?::([#@]?[^:\\s]+))?");

        /** Reads {@code role:name:email[:#channel]}. */
        public static Contact parse(String text) {
            var form = FORM.matcher(text.strip());
            if (!form.matches()) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "'%s' is no contact: write ROLE:NAME:EMAIL or ROLE:NAME:EMAIL:#CHANNEL, for example devops:Ben:ben@example.test"
                                .formatted(text));
            }
            return new Contact(form.group(1).strip(), form.group(2).strip(), form.group(3), form.group(4));
        }

        @Override
        public String toString() {
            String text = "%s:%s:%s".formatted(role, name, email);
            return slack == null ? text : text + ":" + slack;
        }
    }

    /** As the file will hold it. */
    public String yaml() {
        return PolicyYaml.of(this);
    }

    /** A command as a person types it: words apart by blanks. Nothing is ever given to a shell. */
    public static List<String> command(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
