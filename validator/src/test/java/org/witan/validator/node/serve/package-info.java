/** Tests of reads for other members. */
@NullMarked
package org.witan.validator.node.serve;

import org.jspecify.annotations.NullMarked;
