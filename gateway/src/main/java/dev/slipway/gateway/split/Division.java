package dev.slipway.gateway.split;

import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a table divides its requests between versions. It is made once, when the table comes, so that a request has nothing
 * to sort, to join or to look for.
 *
 * @param shares those above 0 %, unverified ones first; they have the low buckets, so a client that has seen the new version
 *     keeps it when its share grows
 * @param verified the share of the verified version, whatever its percent, or null if there is none
 * @param keys of the shares above 0 %
 * @param verifiedKey the verified share's, alone, or nothing
 * @param salt state of the hash of clients after the keys of what is being rolled out
 */
public record Division(
        List<Share> shares, @Nullable Share verified, Set<String> keys, Set<String> verifiedKey, long salt) {

    static Division of(TrafficTable table) {
        List<Share> serving = table.shares().stream()
                .filter(share -> share.percent() > 0)
                .sorted(Comparator.comparing(share -> share.key().equals(table.verified())))
                .toList();
        Share verified = table.shares().stream()
                .filter(share -> share.key().equals(table.verified()))
                .findFirst()
                .orElse(null);
        return new Division(
                serving,
                verified,
                serving.stream().map(Share::key).collect(Collectors.toUnmodifiableSet()),
                verified == null ? Set.of() : Set.of(verified.key()),
                Clients.salt(table));
    }

    /**
     * The share that a bucket belongs to.
     *
     * @param bucket 0 to 9,999
     */
    Share at(int bucket) {
        int end = 0;
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get(i);
            end += share.percent() * Choosing.BUCKETS_A_PERCENT;
            if (bucket < end) {
                return share;
            }
        }
        return shares.getLast(); // the percents add up to 100, so the loop has answered
    }
}
