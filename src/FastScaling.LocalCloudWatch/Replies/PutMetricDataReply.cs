using FastScaling.LocalCloudWatch.Protocols;

namespace FastScaling.LocalCloudWatch.Replies;

internal sealed record PutMetricDataReply(string Namespace, int DatumCount) : CloudWatchReply
{
    public override bool HasResult => false;

    public override void Write(IReplyWriter writer)
    {
    }
}
