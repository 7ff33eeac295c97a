/** Objects in a bucket, what each request costs, and why a request was refused. The only package that knows the AWS SDK. */
@NullMarked
package io.keepwatch.store;

import org.jspecify.annotations.NullMarked;
