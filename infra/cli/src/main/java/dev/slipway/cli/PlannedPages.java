package dev.slipway.cli;

import dev.slipway.cli.gateway.Access;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.PageCheck;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;

/**
 * Asks of each page that a release would be announced on whether it could be: the service that has the tokens looks, and writes
 * nothing. Where nobody here may ask, what was known before is said, and why it is no more.
 */
final class PlannedPages {
    private static final int WHY_CHARACTERS_MAX = 200;

    private final Requests requests;
    private final Access access;

    PlannedPages(Requests requests, Access access) {
        this.requests = requests;
        this.access = access;
    }

    RehearsalView looked(RehearsalView rehearsal) {
        return rehearsal.withChecks(
                rehearsal.checks().stream().map(this::looked).toList());
    }

    private Check looked(Check check) {
        if (!check.what().startsWith(RehearsalView.PAGE)) {
            return check;
        }
        try {
            String address = check.what().substring(RehearsalView.PAGE.length());
            PageCheck seen = requests.page(address, access.token(Role.OPERATOR));
            return new Check(seen.usable() ? Result.OK : Result.NOTE, check.what(), seen.text());
        } catch (CommandFailed refused) {
            String why = Texts.oneLine(String.valueOf(refused.getMessage()), WHY_CHARACTERS_MAX);
            return new Check(
                    check.result(),
                    check.what(),
                    "%s It was not looked at now: %s".formatted(Texts.sentence(check.text()), Texts.sentence(why)));
        }
    }
}
