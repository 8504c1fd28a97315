/** The clients of AWS that Camel's components are configured with. */
package floe.aws;
