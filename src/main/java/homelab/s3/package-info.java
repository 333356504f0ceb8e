/** Objects in a storage that speaks S3: signed by Amazon's own library, carried by the JDK. */
@org.jspecify.annotations.NullMarked
package homelab.s3;
