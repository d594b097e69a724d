package dev.slipway.cli.demo;

import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.ReleaseView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people of the demo say of their duties: that they passed. */
final class SampleDuties {
    private SampleDuties() {}

    /** @param person address of somebody who is asked, and has not answered yet */
    record Asked(String duty, String person, List<String> fields) {
        Asked {
            fields = List.copyOf(fields);
        }

        /** An answer of exactly this release. */
        DutyView.DutyRequest passed(ReleaseView.ApprovalRequest exactly) {
            Map<String, String> said = fields.stream().collect(Collectors.toMap(field -> field, _ -> "seen"));
            return new DutyView.DutyRequest(
                    DutyView.Result.PASSED,
                    "done, as the demo's people do",
                    said,
                    List.of(),
                    exactly.sha(),
                    exactly.digests(),
                    exactly.policyHash(),
                    List.of());
        }
    }

    /** The first that can be answered now. */
    static Optional<Asked> due(ReleaseView release) {
        return release.duties().stream()
                .filter(duty -> duty.state() == LineState.DUE)
                .flatMap(duty -> duty.asked().stream()
                        .filter(person -> duty.answers().stream()
                                .noneMatch(answer -> answer.by().equals(person)))
                        .map(person -> new Asked(duty.id(), person, duty.fields())))
                .findFirst();
    }
}
