/** Tests of signatures verified beside the node loop. */
@NullMarked
package org.witan.validator.node.verify;

import org.jspecify.annotations.NullMarked;
