package dev.slipway.release.saga;

import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.ReleasePhase;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Where a step of a plan stands on the way of a release. */
enum PlanStation {
    READ,
    GATES,
    PEOPLE,
    STAGING,
    STAGING_GATES,
    HOLD,
    /** Staging has to have had it for a time. */
    STAY,
    DUTIES,
    CANDIDATE,
    /** A hold, or a freeze, that came while a candidate was looked at already: it is looked at again afterwards. */
    THEN_HOLD,
    START,
    STEP,
    BAKE,
    KEEP,
    MERGE,
    ARRIVAL,
    /** Not on the way: what an operator decides. */
    OPERATOR,
    /** Not on the way: an environment goes back. */
    BACK,
    END,
    /** What is told of it to those who use it, once it has ended. */
    ANNOUNCE;

    /**
     * A place on the way.
     *
     * @param number which of several steps of this kind, from 1; 0 where there is one
     */
    record Place(PlanStation station, int number) implements Comparable<Place> {
        private static final Comparator<Place> ON_THE_WAY =
                Comparator.comparing(Place::station).thenComparingInt(Place::number);

        static Place of(PlanStation station) {
            return new Place(station, 0);
        }

        @Override
        public int compareTo(Place other) {
            return ON_THE_WAY.compare(this, other);
        }

        String id() {
            String word = station.name().toLowerCase(Locale.ROOT).replace('_', '-');
            return number == 0 ? word : word + "-" + number;
        }
    }

    /** A step, of which it is not said yet whether it is behind the release. */
    record Draft(Place place, ReleasePhase phase, String title, String text, List<Asked> asked, String back) {}
}
