/** The CloudFormation templates in {@code aws/}, checked without AWS. */
package aws;
