package dev.slipway.contracts.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in braces that stand for what is known only when a version is released or started. They may stand in a program's
 * command and env, and in what a running version is asked: health, metrics, and smoke requests with what they expect.
 *
 * <table>
 *   <caption>Who knows them</caption>
 *   <tr><td>{@code {version}} {@code {sha}} {@code {release}} {@code {environment}}</td>
 *     <td>release-service, which puts them into what is asked before it asks for it</td></tr>
 *   <tr><td>{@code {artifact}} {@code {artifacts.NAME}} {@code {port}} {@code {port.NAME}} {@code {folder}}</td>
 *     <td>the machine that starts the program: it puts them in, and tells those that others ask with</td></tr>
 *   <tr><td>{@code {saved.NAME}}, for steps of an {@code http:} gate alone</td>
 *     <td>validation-service, from the answer to the step before that saves it; nobody else ever</td></tr>
 *   <tr><td>{@code {digest}} {@code {digests.NAME}}, for what has to arrive alone</td>
 *     <td>release-service: {@code sha256:} and the digits of the release's first artifact, or of the one of that name</td></tr>
 * </table>
 *
 * {@code {{name}}} is the text {@code {name}} itself. {@code ${name}} is none: many programs write their own so. Braces
 * around anything but a name are plain text, so that JSON may be an argument. {@link Filling} puts values in.
 */
public final class Placeholders {
    public static final String ARTIFACT = "artifact";
    public static final String PORT = "port";
    public static final String FOLDER = "folder";
    public static final String VERSION = "version";
    public static final String SHA = "sha";
    public static final String RELEASE = "release";
    public static final String ENVIRONMENT = "environment";
    public static final String DIGEST = "digest";
    /** What the placeholder of a named artifact's digest begins with. */
    public static final String DIGESTS_PREFIX = "digests.";
    /** What a named port's placeholder begins with. */
    public static final String PORT_PREFIX = "port.";
    /** What a named artifact's placeholder begins with. */
    public static final String ARTIFACTS_PREFIX = "artifacts.";
    /** What the placeholder of a value begins with that a step before has saved. */
    public static final String SAVED_PREFIX = "saved.";

    private static final String NAME = "([A-Za-z][A-Za-z0-9._-]*)";
    private static final Pattern USE = Pattern.compile("\\{\\{" + NAME + "}}|(?<![$])\\{" + NAME + "}");
    private static final Pattern ARTIFACT_NAME = Pattern.compile("artifacts\\.[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final List<String> OF_RELEASE = List.of(VERSION, SHA, RELEASE, ENVIRONMENT);
    private static final List<String> OF_MACHINE = List.of(ARTIFACT, FOLDER, PORT);

    private Placeholders() {}

    /** The names that a text uses, in their order, each as often as it stands. */
    public static List<String> used(String text) {
        List<String> names = new ArrayList<>();
        USE.matcher(text).results().map(found -> found.group(2)).forEach(name -> {
            if (name != null) {
                names.add(name);
            }
        });
        return names;
    }

    /** Whether only the machine that starts a program knows the value. */
    public static boolean isOfMachine(String name) {
        return OF_MACHINE.contains(name) || name.startsWith(PORT_PREFIX) || name.startsWith(ARTIFACTS_PREFIX);
    }

    /** Whether a text cannot be filled in before the program is started. */
    public static boolean needMachine(String text) {
        return used(text).stream().anyMatch(Placeholders::isOfMachine);
    }

    /** Whether it is a value that a step before has saved. */
    public static boolean isSaved(String name) {
        return name.startsWith(SAVED_PREFIX);
    }

    /** Whether a text waits for what a step before saves. */
    public static boolean needSaved(String text) {
        return used(text).stream().anyMatch(Placeholders::isSaved);
    }

    /**
     * What is wrong with the first name that is not known, as the rest of a sentence; empty if all are.
     *
     * @param ports names of the target's ports
     */
    public static Optional<String> fault(String text, Collection<String> ports) {
        return fault(text, ports, List.of());
    }

    /**
     * The same of a step of an {@code http:} gate.
     *
     * @param saved names of the values that steps before it save
     */
    public static Optional<String> fault(String text, Collection<String> ports, Collection<String> saved) {
        return used(text).stream()
                .filter(name -> !known(name, ports)
                        && !(isSaved(name) && saved.contains(name.substring(SAVED_PREFIX.length()))))
                .findFirst()
                .map(name -> isSaved(name) ? unsaved(name, saved) : fault(name, names(ports)));
    }

    private static String unsaved(String name, Collection<String> saved) {
        List<String> known = saved.stream().map(SAVED_PREFIX::concat).toList();
        String meant = known.isEmpty()
                ? "a step of the same gate has to, as in save: {%s: $.id}"
                        .formatted(name.substring(SAVED_PREFIX.length()))
                : NearestName.to(name, known)
                        .map(nearest -> "did you mean {" + nearest + "}?")
                        .orElseGet(() -> "saved are {" + String.join("}, {", known) + "}");
        return "uses {%s}, which no step before it saves; %s".formatted(name, meant);
    }

    /** The same of what has to arrive, which speaks of the release alone. */
    public static Optional<String> faultOfArrival(String text) {
        List<String> known = new ArrayList<>(OF_RELEASE);
        known.add(DIGEST);
        return used(text).stream()
                .filter(name -> !known.contains(name) && !name.startsWith(DIGESTS_PREFIX))
                .findFirst()
                .map(name -> fault(name, known));
    }

    private static List<String> names(Collection<String> ports) {
        List<String> all = new ArrayList<>(OF_MACHINE);
        ports.forEach(port -> all.add(PORT_PREFIX + port));
        all.addAll(OF_RELEASE);
        return all;
    }

    private static String fault(String name, List<String> known) {
        String meant = NearestName.to(name, known)
                .map(nearest -> "did you mean {" + nearest + "}?")
                .orElseGet(() -> "known are {" + String.join("}, {", known) + "}");
        return "uses {%s}, which is not known; %s (write {{%s}} for that text itself)".formatted(name, meant, name);
    }

    private static boolean known(String name, Collection<String> ports) {
        return OF_RELEASE.contains(name)
                || OF_MACHINE.contains(name)
                || ARTIFACT_NAME.matcher(name).matches()
                || (name.startsWith(PORT_PREFIX) && ports.contains(name.substring(PORT_PREFIX.length())));
    }

    /** The text with each use replaced by what is made of it: the name, and whether it stands in double braces. */
    static String replaced(String text, BiFunction<String, Boolean, String> instead) {
        return USE.matcher(text).replaceAll(found -> {
            String verbatim = found.group(1);
            return Matcher.quoteReplacement(
                    verbatim == null ? instead.apply(found.group(2), false) : instead.apply(verbatim, true));
        });
    }
}
