using FastScaling.LocalCloudWatch.Protocols;

namespace FastScaling.LocalCloudWatch.Replies;

/// <summary>The answer of an operation that has nothing to say but that it is done.</summary>
internal sealed record DoneReply : CloudWatchReply
{
    public override bool HasResult => false;

    public override void Write(IReplyWriter writer)
    {
    }
}
