/**
 * What vouches for the artifacts of a release: checksum files, signatures in bundles, provenance. Pure: keys come with the
 * gate, and nothing is fetched.
 */
@NullMarked
package dev.slipway.validation.evidence.supply;

import org.jspecify.annotations.NullMarked;
