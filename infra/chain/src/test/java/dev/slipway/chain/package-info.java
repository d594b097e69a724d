@NullMarked
package dev.slipway.chain;

import org.jspecify.annotations.NullMarked;
