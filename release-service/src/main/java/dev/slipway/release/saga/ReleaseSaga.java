package dev.slipway.release.saga;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The story of one release. Statuses are recorded first ({@link Recording}) and then looked at ({@link Advancing}), so that
 * an answer to another step changes nothing and bad news counts whenever it comes. Timers, tasks, repeated questions and
 * what is told to others follow from the state alone ({@link Consequences}).
 *
 * <p>Every state with every input; a test holds this list against the code. "recorded" is written down without moving on,
 * "asked again" repeats the open questions or tells the end again, "refused" is said to whoever asked. A deadline that asks
 * first is shown with what it does when nobody answers. Assessments and rollouts are those that the state waits for.
 *
 * <pre>
 * UNHEARD
 *   PROPOSED                          Launched
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     EditNotes, RaiseItem, CloseItem, GiveFeedback, AdoptGuide, SayOfLine, SetDay,
 *                                     ReviewAnnouncement, Abort, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Superseded, HoldChanged (others), FreezesChanged (others), Fixed, RevisionRead,
 *                                     RevisionRefused, Merged, MergeRefused, AnnouncementsWritten, Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, TimedOut,
 *                                     AskAgain
 * PROPOSED
 *   SUPERSEDED                        Superseded
 *   VALIDATING                        RevisionRead
 *   REJECTED                          RevisionRefused
 *   ABORTED                           Abort
 *   EXPIRED                           TimedOut
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, EditNotes,
 *                                     RaiseItem, GiveFeedback
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, Merged, MergeRefused,
 *                                     AnnouncementsWritten, AskAgain
 * VALIDATING
 *   SUPERSEDED                        Superseded
 *   AWAITING_APPROVAL                 Assessed PASSED
 *   REJECTED                          Assessed FAILED
 *   EXPIRED                           Assessed INCONCLUSIVE, TimedOut
 *   ABORTED                           Abort
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed PENDING, RolloutChanged
 *                                     (others), Judged, WayBackChanged (others), Told, EditNotes, RaiseItem,
 *                                     GiveFeedback
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten
 * VALIDATING, a waiver is awaited
 *   SUPERSEDED                        Superseded
 *   AWAITING_APPROVAL                 Assessed PASSED
 *   REJECTED                          Assessed FAILED, TimedOut
 *   EXPIRED                           Assessed INCONCLUSIVE
 *   ABORTED                           Abort
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed PENDING, RolloutChanged
 *                                     (others), Judged, WayBackChanged (others), Told, Waive, EditNotes, RaiseItem,
 *                                     GiveFeedback
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver, CloseItem,
 *                                     AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume, Promote,
 *                                     Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten
 * VALIDATING, a waiver is asked for
 *   SUPERSEDED                        Superseded
 *   AWAITING_APPROVAL                 Assessed PASSED, ConfirmWaiver
 *   REJECTED                          Assessed FAILED, TimedOut
 *   EXPIRED                           Assessed INCONCLUSIVE
 *   ABORTED                           Abort
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed PENDING, RolloutChanged
 *                                     (others), Judged, WayBackChanged (others), Told, WithdrawWaiver, EditNotes,
 *                                     RaiseItem, GiveFeedback
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, AnswerDuty, HandOver, CloseItem, AdoptGuide, SayOfLine, SetDay,
 *                                     ReviewAnnouncement, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten, Waive
 * AWAITING_APPROVAL, one missing
 *   SUPERSEDED                        Superseded
 *   REJECTED                          Assessed FAILED
 *   STAGING ROLLING_OUT               Approve
 *   ABORTED                           Abort
 *   EXPIRED                           TimedOut
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, SayNo,
 *                                     EditNotes, RaiseItem, GiveFeedback
 *   refused                           Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver, CloseItem,
 *                                     AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume, Promote,
 *                                     Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten, AskAgain
 * AWAITING_APPROVAL, a gate is waived
 *   SUPERSEDED                        Superseded
 *   REJECTED                          Assessed FAILED, WithdrawWaiver
 *   ABORTED                           Abort
 *   EXPIRED                           TimedOut
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, Approve, SayNo,
 *                                     EditNotes, RaiseItem, GiveFeedback
 *   refused                           Waive, AnswerDuty, HandOver, CloseItem, AdoptGuide, SayOfLine, SetDay,
 *                                     ReviewAnnouncement, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten, ConfirmWaiver, AskAgain
 * AWAITING_APPROVAL, a duty is open
 *   SUPERSEDED                        Superseded
 *   REJECTED                          Assessed FAILED, AnswerDuty FAILED
 *   ABORTED                           Abort
 *   EXPIRED                           TimedOut
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, Approve, SayNo,
 *                                     AnswerDuty PASSED, HandOver, EditNotes, RaiseItem, GiveFeedback
 *   refused                           Waive, ConfirmWaiver, WithdrawWaiver, CloseItem, AdoptGuide, SayOfLine, SetDay,
 *                                     ReviewAnnouncement, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten, AskAgain
 * AWAITING_APPROVAL, a duty that failed may be waived
 *   SUPERSEDED                        Superseded
 *   REJECTED                          Assessed FAILED, TimedOut
 *   ABORTED                           Abort
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, Approve, SayNo,
 *                                     Waive, EditNotes, RaiseItem, GiveFeedback
 *   refused                           ConfirmWaiver, WithdrawWaiver, AnswerDuty PASSED, HandOver, CloseItem,
 *                                     AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume, Promote,
 *                                     Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten, AnswerDuty FAILED, AskAgain
 * AWAITING_APPROVAL, the vote is open
 *   SUPERSEDED                        Superseded
 *   REJECTED                          Assessed FAILED, SayNo
 *   ABORTED                           Abort
 *   STAGING ROLLING_OUT               TimedOut
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, Approve,
 *                                     EditNotes, RaiseItem, GiveFeedback
 *   refused                           Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver, CloseItem,
 *                                     AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume, Promote,
 *                                     Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten, AskAgain
 * STAGING, rolling out
 *   RESTORING                         Superseded, RolloutChanged RESTORING, Abort, TimedOut
 *   STAGING VERIFYING                 RolloutChanged FULL
 *   CANDIDATE                         RolloutChanged VERIFIED
 *   REJECTED                          RolloutChanged RESTORED | NOT_ADMITTED | RESTORED to nothing
 *   SUPERSEDED                        RolloutChanged DISPLACED
 *   NEEDS_OPERATOR STAGING            RolloutChanged UNKNOWN
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, EditNotes,
 *                                     RaiseItem, GiveFeedback
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten
 * STAGING, verifying
 *   RESTORING                         Superseded, Assessed FAILED | INCONCLUSIVE, RolloutChanged RESTORING, Abort,
 *                                     TimedOut
 *   STAGING CONFIRMING                Assessed PASSED
 *   CANDIDATE                         RolloutChanged VERIFIED
 *   REJECTED                          RolloutChanged RESTORED | NOT_ADMITTED | RESTORED to nothing
 *   SUPERSEDED                        RolloutChanged DISPLACED
 *   NEEDS_OPERATOR STAGING            RolloutChanged UNKNOWN
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed PENDING, RolloutChanged
 *                                     (others), Judged, WayBackChanged (others), Told, EditNotes, RaiseItem,
 *                                     GiveFeedback
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten
 * STAGING, confirming
 *   RESTORING                         Superseded, RolloutChanged RESTORING, Abort, TimedOut
 *   CANDIDATE                         RolloutChanged VERIFIED
 *   REJECTED                          RolloutChanged RESTORED | NOT_ADMITTED | RESTORED to nothing
 *   SUPERSEDED                        RolloutChanged DISPLACED
 *   NEEDS_OPERATOR STAGING            RolloutChanged UNKNOWN
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, EditNotes,
 *                                     RaiseItem, GiveFeedback
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten
 * CANDIDATE, held
 *   SUPERSEDED                        Superseded
 *   ABORTED                           Abort
 *   CANDIDATE                         Resume
 *   recorded                          HoldChanged BLOCKED, FreezesChanged (others), Assessed (others), RolloutChanged
 *                                     (others), Judged, WayBackChanged (others), Told, EditNotes, RaiseItem,
 *                                     GiveFeedback, TimedOut
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Promote,
 *                                     Retry, Resolve
 *   nothing                           Launched, HoldChanged (others), Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten, AskAgain
 * CANDIDATE, frozen
 *   SUPERSEDED                        Superseded
 *   CANDIDATE HELD                    HoldChanged HELD | BLOCKED
 *   CANDIDATE                         FreezesChanged to none, TimedOut
 *   ABORTED                           Abort
 *   recorded                          FreezesChanged to one, Assessed (others), RolloutChanged (others), Judged,
 *                                     WayBackChanged (others), Told, EditNotes, RaiseItem, GiveFeedback
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten, AskAgain
 * CANDIDATE, staging has not had it for long enough
 *   SUPERSEDED                        Superseded
 *   CANDIDATE HELD                    HoldChanged HELD | BLOCKED
 *   ABORTED                           Abort
 *   CANDIDATE                         TimedOut
 *   recorded                          FreezesChanged (others), Assessed (others), RolloutChanged (others), Judged,
 *                                     WayBackChanged (others), Told, EditNotes, RaiseItem, GiveFeedback
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten, AskAgain
 * CANDIDATE, a duty is open
 *   SUPERSEDED                        Superseded
 *   REJECTED                          AnswerDuty FAILED
 *   ABORTED                           Abort
 *   EXPIRED                           TimedOut
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, AnswerDuty
 *                                     PASSED, HandOver, EditNotes, RaiseItem, GiveFeedback
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, CloseItem, AdoptGuide,
 *                                     SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten, AskAgain
 * CANDIDATE, way back proven
 *   SUPERSEDED                        Superseded
 *   REJECTED                          Assessed FAILED, WayBackChanged not proven
 *   EXPIRED                           Assessed INCONCLUSIVE, TimedOut
 *   ABORTED                           Abort
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged proven, Told, EditNotes,
 *                                     RaiseItem, GiveFeedback
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten
 * CANDIDATE, nothing but Git is waited for
 *   SUPERSEDED                        Superseded
 *   ROLLING_OUT                       RevisionRead
 *   REJECTED                          RevisionRefused, Assessed FAILED, WayBackChanged not proven
 *   EXPIRED                           Assessed INCONCLUSIVE, TimedOut
 *   ABORTED                           Abort
 *   recorded                          HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged proven, Told, EditNotes,
 *                                     RaiseItem, GiveFeedback
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, Merged, MergeRefused,
 *                                     AnnouncementsWritten, AskAgain
 * ROLLING_OUT, not begun
 *   BAKING ROLLING_OUT                RolloutChanged BAKING
 *   BAKING CONFIRMING                 RolloutChanged FULL
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING, Abort, TimedOut
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Superseded, HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, EditNotes,
 *                                     RaiseItem, GiveFeedback, Resume
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Promote,
 *                                     Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten
 * ROLLING_OUT, a freeze is on, not begun
 *   BAKING ROLLING_OUT                RolloutChanged BAKING
 *   BAKING CONFIRMING                 RolloutChanged FULL
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING, Abort, TimedOut
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED
 *   CANDIDATE FROZEN                  RolloutChanged NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Superseded, HoldChanged (others), FreezesChanged to none, Assessed (others),
 *                                     RolloutChanged (others), Judged, WayBackChanged (others), Told, EditNotes,
 *                                     RaiseItem, GiveFeedback, Resume
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Promote,
 *                                     Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, FreezesChanged to one, Fixed, RevisionRead,
 *                                     RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * ROLLING_OUT, its turn in production's queue
 *   BAKING ROLLING_OUT                RolloutChanged BAKING
 *   BAKING CONFIRMING                 RolloutChanged FULL
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING, Abort
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Superseded, HoldChanged (others), FreezesChanged (others), RevisionRead,
 *                                     RevisionRefused, Assessed (others), RolloutChanged (others), Judged,
 *                                     WayBackChanged (others), Told, EditNotes, RaiseItem, GiveFeedback, Resume,
 *                                     TimedOut
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Promote,
 *                                     Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, Merged, MergeRefused, AnnouncementsWritten
 * ROLLING_OUT, not shown by Git at its turn
 *   ROLLING_BACK                      RolloutChanged STARTING | WARMING_UP | STEPPING | BAKING | FULL | RESTORING,
 *                                     Abort, TimedOut
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED
 *   REJECTED                          RolloutChanged NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Superseded, HoldChanged (others), FreezesChanged (others), Assessed (others),
 *                                     RolloutChanged WAITING, Judged, WayBackChanged (others), Told, EditNotes,
 *                                     RaiseItem, GiveFeedback, Resume
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Promote,
 *                                     Retry, Resolve
 *   nothing                           Launched, HoldChanged LIFTED, Fixed, RevisionRead, RevisionRefused, Merged,
 *                                     MergeRefused, AnnouncementsWritten
 * ROLLING_OUT, stepping
 *   BAKING ROLLING_OUT                RolloutChanged BAKING
 *   BAKING CONFIRMING                 RolloutChanged FULL
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING, Abort, TimedOut
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, Pause, Resume, Promote
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * ROLLING_OUT, held as it may only go forward
 *   BAKING ROLLING_OUT                RolloutChanged BAKING
 *   BAKING CONFIRMING                 RolloutChanged FULL
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, Pause, Resume, Promote, TimedOut
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Abort, Retry,
 *                                     Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * ROLLING_OUT, begun though not shown by Git, and it may only go forward
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, Pause, Resume, Promote, TimedOut
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Abort, Retry,
 *                                     Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * ROLLING_OUT, a rollback
 *   BAKING ROLLING_OUT                RolloutChanged BAKING
 *   BAKING CONFIRMING                 RolloutChanged FULL
 *   COMPLETED                         RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING, Abort, TimedOut
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED
 *   REJECTED                          RolloutChanged NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, Resume
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Promote,
 *                                     Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * BAKING, watching
 *   BAKING CONFIRMING                 RolloutChanged FULL
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING, Abort, TimedOut
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, Pause, Resume, Promote
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * BAKING, verifying
 *   BAKING CONFIRMING                 Assessed PASSED
 *   ROLLING_BACK                      Assessed FAILED | INCONCLUSIVE, RolloutChanged RESTORING, Abort, TimedOut
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed PENDING, RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * BAKING, a gate did not pass, and it may only go forward
 *   BAKING CONFIRMING                 Assessed PASSED, Resume, Promote
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, Pause, TimedOut
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Abort, Retry,
 *                                     Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * BAKING, a duty is open
 *   ROLLING_BACK                      Assessed FAILED | INCONCLUSIVE, RolloutChanged RESTORING, AnswerDuty FAILED,
 *                                     Abort, TimedOut
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   BAKING CONFIRMING                 AnswerDuty PASSED
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, HandOver, EditNotes, RaiseItem, GiveFeedback
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, CloseItem, AdoptGuide,
 *                                     SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten,
 *                                     AskAgain
 * BAKING, confirming
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING, Abort
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   NEEDS_OPERATOR CONFIRMING         TimedOut
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * MERGING
 *   COMPLETED                         Merged, Abort
 *   NEEDS_OPERATOR MERGING            MergeRefused, TimedOut
 *   recorded                          Assessed (others), RolloutChanged VERIFIED, Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, AnnouncementsWritten, RolloutChanged (others),
 *                                     AskAgain
 * MERGING, what was published is looked for
 *   COMPLETED                         Assessed PASSED, Abort
 *   NEEDS_OPERATOR ARRIVING           Assessed FAILED | INCONCLUSIVE, TimedOut
 *   recorded                          Assessed PENDING, RolloutChanged VERIFIED, Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten,
 *                                     RolloutChanged (others)
 * RESTORING
 *   REJECTED                          RolloutChanged VERIFIED | RESTORED | DISPLACED | NOT_ADMITTED | RESTORED to
 *                                     nothing
 *   NEEDS_OPERATOR STAGING            RolloutChanged UNKNOWN, TimedOut
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, Abort
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * ROLLING_BACK
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN, TimedOut
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, Abort
 *   asked again                       AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten
 * NEEDS_OPERATOR, staging
 *   RESTORING                         Fixed, Abort, Retry
 *   REJECTED                          RolloutChanged VERIFIED | RESTORED | DISPLACED | NOT_ADMITTED | RESTORED to
 *                                     nothing, Resolve
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, TimedOut
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others),
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten,
 *                                     AskAgain
 * NEEDS_OPERATOR, production
 *   ROLLING_BACK                      Fixed, Abort, Retry
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLED_BACK                       RolloutChanged RESTORED, Resolve
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, TimedOut
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others),
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten,
 *                                     AskAgain
 * NEEDS_OPERATOR, nothing to restore
 *   ROLLED_BACK                       Fixed, Abort, Resolve
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, TimedOut
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote, Retry
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others),
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten,
 *                                     RolloutChanged (others), AskAgain
 * NEEDS_OPERATOR, confirming
 *   ROLLING_BACK                      Fixed, Abort
 *   MERGING                           RolloutChanged VERIFIED, Resolve
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   BAKING CONFIRMING                 Retry
 *   recorded                          Assessed (others), RolloutChanged (others), Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, TimedOut
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others),
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten,
 *                                     AskAgain
 * NEEDS_OPERATOR, merging
 *   COMPLETED                         Fixed, Abort, Resolve
 *   MERGING                           Retry
 *   recorded                          Assessed (others), RolloutChanged VERIFIED, Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, TimedOut
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others),
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten,
 *                                     RolloutChanged (others), AskAgain
 * NEEDS_OPERATOR, what was published was not found
 *   COMPLETED                         Fixed, Assessed PASSED, Abort, Resolve
 *   MERGING                           Retry
 *   recorded                          Assessed (others), RolloutChanged VERIFIED, Judged, WayBackChanged (others),
 *                                     Told, EditNotes, RaiseItem, GiveFeedback, TimedOut
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Pause, Resume,
 *                                     Promote
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others),
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten,
 *                                     RolloutChanged (others), AskAgain
 * ENDED
 *   recorded                          Judged, Told, EditNotes, RaiseItem, GiveFeedback
 *   asked again                       TimedOut, AskAgain
 *   refused                           Approve, SayNo, Waive, ConfirmWaiver, WithdrawWaiver, AnswerDuty, HandOver,
 *                                     CloseItem, AdoptGuide, SayOfLine, SetDay, ReviewAnnouncement, Abort, Pause,
 *                                     Resume, Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten,
 *                                     Assessed (others), RolloutChanged (others), WayBackChanged (others)
 * ENDED, a duty is left to do
 *   recorded                          Judged, Told, Waive, AnswerDuty (others), HandOver, EditNotes, RaiseItem,
 *                                     GiveFeedback
 *   asked again                       TimedOut, AskAgain
 *   refused                           Approve, SayNo, ConfirmWaiver, WithdrawWaiver, CloseItem, AdoptGuide,
 *                                     SayOfLine, SetDay, ReviewAnnouncement, Abort, Pause, Resume, Promote, Retry,
 *                                     Resolve
 *   nothing                           Launched, Superseded, HoldChanged (others), FreezesChanged (others), Fixed,
 *                                     RevisionRead, RevisionRefused, Merged, MergeRefused, AnnouncementsWritten,
 *                                     Assessed (others), RolloutChanged (others), WayBackChanged (others)
 * </pre>
 */
public final class ReleaseSaga implements Core<Dossier, ReleaseInput> {
    /** Timer of the present wait. */
    public static final String DEADLINE = "deadline";

    /** Timer of the questions that are open. */
    public static final String REPEAT = "repeat";

    /** Timer of the next freeze that takes a release out of production's queue. */
    public static final String FREEZE = "freeze";

    /** Timer of the next end of a waiver that it goes with. */
    public static final String WAIVER = "waiver";

    /** Timer of the next moment at which a duty is more urgent. */
    public static final String TIMETABLE = "timetable";

    /** Timer of when a vote need not be open any longer. */
    public static final String VOTE = "vote";

    private final Entering entering;
    private final Taking taking;
    private final Advancing advancing;
    private final Timetable timetable;
    private final DutyWaivers dutyWaivers;
    private final Consequences consequences;

    public ReleaseSaga(SagaLimits limits) {
        this.entering = new Entering(limits);
        Questions questions = new Questions(limits);
        this.taking = new Taking(entering, questions, limits);
        this.dutyWaivers = new DutyWaivers(limits);
        this.advancing = new Advancing(entering, new Patience(limits), dutyWaivers);
        this.timetable = new Timetable(limits);
        this.consequences = new Consequences(questions, limits);
    }

    /** The input that a due timer becomes. */
    public static ReleaseInput onTimer(String name) {
        return switch (name) {
            case DEADLINE -> new ReleaseInput.TimedOut();
            case REPEAT, FREEZE, WAIVER, TIMETABLE, VOTE ->
                new ReleaseInput.AskAgain(); // each look sees what is over by then
            default -> throw new IllegalArgumentException("A release has no timer " + name);
        };
    }

    @Override
    public Dossier initial(String id) {
        return Dossier.unheard(new ReleaseId(id));
    }

    @Override
    public boolean finished(Dossier d) {
        return Consequences.finished(d);
    }

    @Override
    public Set<String> unjournaled() {
        return Set.of("judgement", "heard", "refusedNow");
    }

    @Override
    public Set<String> growing() {
        return Set.of("feedback");
    }

    @Override
    public Decision<Dossier> decide(Dossier d, ReleaseInput input, Instant now) {
        Decision<Dossier> decision = taking.take(d, input, now);
        if (decision.refusal() != null || decision.state().launch() == null) {
            return decision;
        }
        Dossier advanced = entering.lookingAgain(d, advancing.advance(decision.state(), now), now);
        Dossier seen = timetable.seen(dutyWaivers.askedAgain(d, advanced, now), now);
        Dossier after = RunbookPins.pinned(d, seen, input, now);
        List<Effect> effects = new ArrayList<>(decision.effects());
        effects.addAll(consequences.of(d, after, input, now));
        String news = News.of(d, after, input);
        String said = decision.reason();
        String reason = said == null || news == null ? (said == null ? news : said) : said + ", " + news;
        return new Decision<>(after, effects, reason, null);
    }
}
