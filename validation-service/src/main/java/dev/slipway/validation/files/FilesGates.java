package dev.slipway.validation.files;

import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate;

/** What gates over files say. The same gate and the same files always say the same, so that a verdict can be checked. */
public final class FilesGates {
    private FilesGates() {}

    /** @param gate one that looks at files */
    public static Judged judge(Gate gate, RevisionFiles files) {
        FilesRule rule = gate.files();
        if (rule == null) {
            throw new IllegalArgumentException("the gate " + gate.id() + " looks at no files");
        }
        try {
            if (rule.versions() != null) {
                return Versions.judge(gate, rule.versions(), files);
            }
            return rule.schema().isEmpty()
                    ? Links.judge(gate, rule.links(), files)
                    : Schemas.judge(gate, rule.schema(), files);
        } catch (StackOverflowError deep) {
            return Judged.unknown("Something in these files is nested too deep, or refers to itself without an end");
        }
    }
}
