package dev.slipway.validation.evidence.findings;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.ReportedFinding.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the tool was called, and what it has to say about itself. */
final class SarifInvocations {
    private static final int TEXT_MAX = 200;
    private static final int SHOWN_MAX = 3;

    /** A rule whose level one call of the tool has changed. */
    private record Overridden(int invocation, SarifRule.Reference rule, Level level) {}

    /** One thing that a tool says about itself. */
    private record Notification(int invocation, @Nullable Level level, SarifRule.Reference descriptor, String text) {}

    private final ReportJson json;
    private final List<Overridden> overrides = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();
    private final List<Integer> failed = new ArrayList<>();
    private int count;
    private int succeeded;

    SarifInvocations(ReportJson json) {
        this.json = json;
    }

    void read() throws UnreadableEvidence {
        if (json.isNull()) {
            return;
        }
        json.elements(() -> {
            json.members(this::member);
            count++;
        });
    }

    private void member(String name) throws UnreadableEvidence {
        switch (name) {
            case "executionSuccessful" -> {
                if (json.flag()) {
                    succeeded++;
                } else {
                    failed.add(count);
                }
            }
            case "toolExecutionNotifications", "toolConfigurationNotifications" -> notifications();
            case "ruleConfigurationOverrides" -> overrides();
            default -> json.skip();
        }
    }

    private void notifications() throws UnreadableEvidence {
        if (!json.isNull()) {
            json.elements(() -> notifications.add(notification()));
        }
    }

    private Notification notification() throws UnreadableEvidence {
        Level[] level = new Level[1];
        SarifRule.Reference[] descriptor = {SarifRule.Reference.NONE};
        String[] text = {""};
        json.members(name -> {
            switch (name) {
                case "level" -> level[0] = SarifRule.level(json);
                case "descriptor" -> descriptor[0] = SarifRule.reference(json);
                case "message" -> text[0] = text();
                default -> json.skip();
            }
        });
        return new Notification(count, level[0], descriptor[0], text[0]);
    }

    private String text() throws UnreadableEvidence {
        String[] text = {""};
        if (json.isObject()) {
            json.members(name -> text[0] = name.equals("text") && json.isText() ? json.text() : text[0]);
        }
        String plain = Texts.visible(text[0].strip().replaceAll("\\s+", " "), ' ');
        return plain.length() > TEXT_MAX ? plain.substring(0, TEXT_MAX - 1) + "…" : plain;
    }

    private void overrides() throws UnreadableEvidence {
        if (json.isNull()) {
            return;
        }
        json.elements(() -> {
            SarifRule.Reference[] rule = {SarifRule.Reference.NONE};
            Level[] level = new Level[1];
            json.members(name -> {
                if (name.equals("descriptor")) {
                    rule[0] = SarifRule.reference(json);
                } else if (name.equals("configuration")) {
                    level[0] = SarifRule.configured(json);
                }
            });
            if (level[0] != null) {
                overrides.add(new Overridden(count, rule[0], level[0]));
            }
        });
    }

    /** The level that a rule had in this call, or null if the call did not change it. */
    @Nullable
    Level override(int invocation, SarifRule rule, SarifTool tool) {
        for (Overridden one : overrides) {
            if (one.invocation() == invocation && rule.equals(tool.rule(one.rule()))) {
                return one.level();
            }
        }
        return null;
    }

    /** Whether the tool says anything of how it went. */
    boolean told() {
        return count > 0;
    }

    /** Whether it says that all went well. */
    boolean wentWell() {
        return count > 0 && succeeded == count && notifications.isEmpty();
    }

    /** Errors; a call that did not succeed and says no error is one. */
    long errors(SarifTool tool) {
        long silent = failed.stream()
                .filter(call -> notifications.stream()
                        .noneMatch(one -> one.invocation() == call && level(one, tool) == Level.ERROR))
                .count();
        return count(tool, Level.ERROR) + silent;
    }

    long warnings(SarifTool tool) {
        return count(tool, Level.WARNING);
    }

    /** The first errors, in the tool's words. */
    List<String> said(SarifTool tool) {
        return notifications.stream()
                .filter(one -> level(one, tool) == Level.ERROR && !one.text().isEmpty())
                .limit(SHOWN_MAX)
                .map(Notification::text)
                .toList();
    }

    private long count(SarifTool tool, Level level) {
        return notifications.stream().filter(one -> level(one, tool) == level).count();
    }

    private static Level level(Notification one, SarifTool tool) {
        Level said = one.level();
        SarifRule descriptor = said == null ? tool.notification(one.descriptor()) : null;
        return said != null ? said : descriptor == null ? Level.WARNING : descriptor.levelOrDefault();
    }
}
