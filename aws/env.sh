# What the commands of docs/deploy.md use. Put in your names, then, in each new shell and from the top of the project:
#
#     . aws/env.sh

export AWS_REGION=eu-central-1    # where the cluster is
export CLUSTER=production         # its name
export VERSION=0.1.0              # how you call your image
export DB=mydb                    # the RDS instance of a MySQL that was there before; with a new one any name will do
export SNOWFLAKE_ACCOUNT=myorg-myaccount

ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
export ACCOUNT
export IMAGE=$ACCOUNT.dkr.ecr.$AWS_REGION.amazonaws.com/floe
export ALARMS=arn:aws:sns:$AWS_REGION:$ACCOUNT:floe-alarms

# An answer of the stack: output Bucket
output() {
    aws cloudformation describe-stacks --stack-name floe \
        --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text
}

# What EKS says of the cluster's network: network vpcId
network() {
    aws eks describe-cluster --name "$CLUSTER" --query "cluster.resourcesVpcConfig.$1" --output text
}

# The cluster's OIDC provider, without https://
oidc() {
    aws eks describe-cluster --name "$CLUSTER" --query cluster.identity.oidc.issuer --output text | sed 's|^https://||'
}

# What RDS says of the instance: instance Endpoint.Address
instance() {
    aws rds describe-db-instances --db-instance-identifier "$DB" --query "DBInstances[0].$1" --output text
}

# A command of Floe, in the pod of capture or load: floe_in capture setup
floe_in() {
    kubectl -n floe exec "floe-$1-0" -- java -Xmx128m -jar /floe/quarkus-run.jar "${@:2}"
}

# SQL in Snowflake, as the owner of Floe's tables: owner -f setup.sql
owner() {
    snow sql --role FLOE_OWNER --warehouse FLOE "$@"
}
