using FastScaling.LocalCloudWatch.Protocols;

namespace FastScaling.LocalCloudWatch.Replies;

/// <summary>The answer to one call, for every protocol.</summary>
internal abstract record CloudWatchReply
{
    /// <summary>False for an operation whose answer is just that it is done.</summary>
    public virtual bool HasResult => true;

    public abstract void Write(IReplyWriter writer);
}
