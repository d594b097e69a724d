@NullMarked
package dev.slipway.gateway.page;

import org.jspecify.annotations.NullMarked;
