package dev.slipway.validation.evidence.findings;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tool of a run: its name, its rules and those of its extensions, and what is known of how it writes. */
final class SarifTool {
    private static final int NAME_MAX = 40;
    private static final int VERSION_MAX = 18;

    /** By tool, in lower case. */
    private static final Map<String, Set<String>> DID_NOT_SCAN = Map.of(
            "staticcheck", Set.of("compile"),
            "spectral", Set.of("unrecognized-format"),
            "ruff", Set.of("invalid-syntax", "E902"),
            "pylint", Set.of("F0001", "F0002", "F0010", "F0011", "E0001"),
            "cppcheck", Set.of("syntaxError", "unknownMacro", "internalError", "internalAstError"));

    private final ReportJson json;
    private Component driver = new Component();
    private final List<Component> extensions = new ArrayList<>();

    SarifTool(ReportJson json) {
        this.json = json;
    }

    /** The driver or an extension. */
    private static final class Component {
        private String name = "";
        private String version = "";
        private final Descriptors rules = new Descriptors();
        private final Descriptors notifications = new Descriptors();
    }

    /** What a component says of its rules, or of its notifications. */
    private static final class Descriptors {
        private final List<SarifRule> all = new ArrayList<>();
        private final Map<String, SarifRule> byId = new HashMap<>();

        void add(SarifRule rule) {
            all.add(rule);
            byId.putIfAbsent(rule.id(), rule);
        }

        /** By place if it agrees with the id, else by id, else by place. An id may go on behind a slash (3.5.4). */
        @Nullable
        SarifRule find(@Nullable String id, int index) {
            SarifRule placed = index >= 0 && index < all.size() ? all.get(index) : null;
            if (id == null || (placed != null && (id.equals(placed.id()) || id.startsWith(placed.id() + "/")))) {
                return placed;
            }
            for (String part = id; ; part = part.substring(0, part.lastIndexOf('/'))) {
                SarifRule named = byId.get(part);
                if (named != null || part.lastIndexOf('/') < 0) {
                    return named == null ? placed : named;
                }
            }
        }
    }

    void read() throws UnreadableEvidence {
        json.members(name -> {
            if (name.equals("driver")) {
                driver = component();
            } else if (name.equals("extensions") && !json.isNull()) {
                json.elements(() -> extensions.add(component()));
            }
        });
    }

    private Component component() throws UnreadableEvidence {
        Component component = new Component();
        json.members(name -> {
            switch (name) {
                case "name" -> component.name = json.text();
                case "semanticVersion" -> component.version = textOrEmpty();
                case "version" -> component.version = component.version.isEmpty() ? textOrEmpty() : component.version;
                case "rules" -> descriptors(component.rules);
                case "notifications" -> descriptors(component.notifications);
                default -> json.skip();
            }
        });
        return component;
    }

    private String textOrEmpty() throws UnreadableEvidence {
        return json.isText() ? json.text() : "";
    }

    private void descriptors(Descriptors into) throws UnreadableEvidence {
        if (!json.isNull()) {
            json.elements(() -> into.add(SarifRule.read(json)));
        }
    }

    /** The rule that is meant, or null if the tool says nothing about it. */
    @Nullable
    SarifRule rule(SarifRule.Reference meant) {
        return find(meant, false);
    }

    @Nullable
    SarifRule notification(SarifRule.Reference meant) {
        return find(meant, true);
    }

    private @Nullable SarifRule find(SarifRule.Reference meant, boolean notifications) {
        Component named = component(meant);
        SarifRule found = in(named, notifications).find(meant.id(), meant.index());
        if (found != null || meant.id() == null) {
            return found;
        }
        return Stream.concat(Stream.of(driver), extensions.stream())
                .map(component -> in(component, notifications).byId.get(meant.id()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Descriptors in(Component component, boolean notifications) {
        return notifications ? component.notifications : component.rules;
    }

    private Component component(SarifRule.Reference meant) {
        if (meant.extension() >= 0 && meant.extension() < extensions.size()) {
            return extensions.get(meant.extension());
        }
        return extensions.stream()
                .filter(extension -> extension.name.equals(meant.component()))
                .findFirst()
                .orElse(driver);
    }

    /** The rule's name as it is told, and compared. */
    String name(SarifRule.Reference meant) {
        if (meant.id() != null) {
            return meant.id();
        }
        SarifRule rule = rule(meant);
        return rule == null ? "" : rule.id();
    }

    /** Name and version, for people. */
    String shown() {
        String name = driver.name.isBlank() ? "a tool without a name" : brief(driver.name, NAME_MAX);
        return driver.version.isBlank() ? name : name + " " + brief(driver.version, VERSION_MAX);
    }

    private static String brief(String text, int max) {
        String plain = Texts.visible(text.strip().replaceAll("\\s+", " "), ' ');
        return plain.length() > max ? plain.substring(0, max - 1) + "…" : plain;
    }

    /** Whether any rule has a security severity, so that its absence elsewhere says something. */
    boolean knowsSeverities() {
        return Stream.concat(Stream.of(driver), extensions.stream())
                .flatMap(component -> component.rules.all.stream())
                .anyMatch(rule -> rule.severity() != null);
    }

    /** staticcheck writes no {@code results} where it looked and found nothing. */
    boolean leavesResultsOut() {
        return is("staticcheck");
    }

    /** detekt calls every result a warning, also those of rules that break its build as errors. */
    boolean understates() {
        return is("detekt");
    }

    /** What some tools tell as a finding, and what means that they could not look. */
    boolean didNotScan(@Nullable String rule) {
        return rule != null
                && DID_NOT_SCAN
                        .getOrDefault(driver.name.toLowerCase(Locale.ROOT), Set.of())
                        .contains(rule);
    }

    /** Tools write their own names now with a capital, now without. */
    private boolean is(String tool) {
        return driver.name.equalsIgnoreCase(tool);
    }
}
