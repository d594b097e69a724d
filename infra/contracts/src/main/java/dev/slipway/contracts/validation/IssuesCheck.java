package dev.slipway.contracts.validation;

import dev.slipway.contracts.Texts;

/**
 * Whether a gate could ask a tracker for its issues now ({@code GET /api/v1/applications/{application}/trackers}): it was asked for
 * the labels that the gate names, and for one page of issues. How many there are, and whether a milestone is there, none but a gate
 * shows.
 *
 * @param project as the tracker has it
 * @param usable whether its host may be asked, lets itself be asked with the token that is set for it, and has project and labels
 * @param text what was seen and, where it is not usable, what helps, in sentences for a person
 */
public record IssuesCheck(String project, boolean usable, String text) {
    public static final int LABELS_MAX = 60;

    public IssuesCheck {
        Texts.requirePresent("project", project);
        Texts.requirePresent("text", text);
    }
}
