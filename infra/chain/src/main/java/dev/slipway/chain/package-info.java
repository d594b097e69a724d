/** Records that prove each other: hashed over their canonical JSON, chained, closed by signed checkpoints, checked by anybody. */
@NullMarked
package dev.slipway.chain;

import org.jspecify.annotations.NullMarked;
