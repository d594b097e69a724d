package dev.slipway.gateway.split;

import dev.slipway.contracts.traffic.TrafficTable.Share;

/** Where a request goes. */
public sealed interface Side {
    /** To this version. */
    record Serves(Share share) implements Side {}

    /** No table names this environment. */
    record NoTable() implements Side {}

    /** The table has no share: nothing may serve, as after a first release that failed. */
    record NothingServes() implements Side {}

    /** The version that should serve was ended with Slipway, or with its machine, and is being started anew. */
    record ComingBack() implements Side {}

    /** There is no verified version, and since this gateway started nobody has said that the unverified one may serve. */
    record NotConfirmed() implements Side {}
}
