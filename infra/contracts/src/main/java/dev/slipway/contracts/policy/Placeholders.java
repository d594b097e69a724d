package dev.slipway.contracts.policy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names in braces that stand for what is known only when a version is released or started.
 *
 * <table>
 *   <caption>What may stand where</caption>
 *   <tr><td>{@code {version}} {@code {sha}} {@code {release}} {@code {environment}}</td><td>everywhere</td></tr>
 *   <tr><td>{@code {artifact}} {@code {artifacts.NAME}} {@code {port}} {@code {port.NAME}} {@code {folder}}</td>
 *     <td>command and env: only the machine that starts the program knows them</td></tr>
 * </table>
 *
 * {@code {{name}}} is the text {@code {name}} itself. {@code ${name}} is none: many programs write their own so. Braces
 * around anything but a name are plain text, so that JSON may be an argument.
 */
public final class Placeholders {
    public static final String ARTIFACT = "artifact";
    public static final String PORT = "port";
    public static final String FOLDER = "folder";
    public static final String VERSION = "version";
    public static final String SHA = "sha";
    public static final String RELEASE = "release";
    public static final String ENVIRONMENT = "environment";
    /** What a named port's placeholder begins with. */
    public static final String PORT_PREFIX = "port.";
    /** What a named artifact's placeholder begins with. */
    public static final String ARTIFACTS_PREFIX = "artifacts.";

    private static final String NAME = "([A-Za-z][A-Za-z0-9._-]*)";
    private static final Pattern USE = Pattern.compile("\\{\\{" + NAME + "}}|(?<![$])\\{" + NAME + "}");
    private static final Pattern ARTIFACT_NAME = Pattern.compile("artifacts\\.[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final List<String> OF_RELEASE = List.of(VERSION, SHA, RELEASE, ENVIRONMENT);
    private static final List<String> OF_MACHINE = List.of(ARTIFACT, FOLDER, PORT);

    private Placeholders() {}

    /** Where a text stands. */
    public enum Place {
        /** Command and environment of a program. */
        PROGRAM,
        /** A path that a running version is asked for, or what it should answer. */
        REQUEST
    }

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

    /**
     * What is wrong with the first name that may not stand there, as the rest of a sentence; empty if all may.
     *
     * @param ports names of the target's ports
     */
    public static Optional<String> fault(String text, Place place, Collection<String> ports) {
        return used(text).stream()
                .filter(name -> !known(name, place, ports))
                .findFirst()
                .map(name -> fault(name, ports));
    }

    private static String fault(String name, Collection<String> ports) {
        if (known(name, Place.PROGRAM, ports)) {
            return "uses {%s}, which only the program itself is told; here are known %s"
                    .formatted(name, braced(OF_RELEASE));
        }
        List<String> all = new ArrayList<>(OF_MACHINE);
        ports.forEach(port -> all.add(PORT_PREFIX + port));
        all.addAll(OF_RELEASE);
        String meant = NearestName.to(name, all)
                .map(nearest -> "did you mean {" + nearest + "}?")
                .orElseGet(() -> "known are " + braced(all));
        return "uses {%s}, which is not known; %s (write {{%s}} for that text itself)".formatted(name, meant, name);
    }

    private static String braced(List<String> names) {
        return "{" + String.join("}, {", names) + "}";
    }

    private static boolean known(String name, Place place, Collection<String> ports) {
        boolean machine = OF_MACHINE.contains(name)
                || ARTIFACT_NAME.matcher(name).matches()
                || (name.startsWith(PORT_PREFIX) && ports.contains(name.substring(PORT_PREFIX.length())));
        return OF_RELEASE.contains(name) || (place == Place.PROGRAM && machine);
    }

    /** The text with values put in; a name without a value stays as it stands. */
    public static String filled(String text, Function<String, @Nullable String> values) {
        return USE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(instead(found, values)));
    }

    /** The same for a path with query: what is put in is percent-encoded. */
    public static String filledPath(String path, Function<String, @Nullable String> values) {
        return filled(path, name -> {
            String value = values.apply(name);
            return value == null ? null : URLEncoder.encode(value, StandardCharsets.UTF_8);
        });
    }

    private static String instead(MatchResult found, Function<String, @Nullable String> values) {
        String verbatim = found.group(1);
        if (verbatim != null) {
            return "{" + verbatim + "}";
        }
        String value = values.apply(found.group(2));
        return value == null ? found.group() : value;
    }
}
