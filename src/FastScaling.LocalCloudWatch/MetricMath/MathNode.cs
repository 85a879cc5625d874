using System.Globalization;

namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>A part of an expression. Its text reads back to an equal part.</summary>
/// <param name="Position">Where it begins, counted from 1.</param>
internal abstract record MathNode(int Position)
{
    /// <summary>The ids of the queries it names.</summary>
    public abstract IEnumerable<string> Ids { get; }

    public sealed override string ToString() => Text;

    protected abstract string Text { get; }

    internal sealed record Number(int Position, double Value) : MathNode(Position)
    {
        public override IEnumerable<string> Ids => [];

        protected override string Text => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    internal sealed record Id(int Position, string Name) : MathNode(Position)
    {
        public override IEnumerable<string> Ids => [Name];

        protected override string Text => Name;
    }

    internal sealed record Literal(int Position, string Value) : MathNode(Position)
    {
        public override IEnumerable<string> Ids => [];

        protected override string Text => $"\"{Value}\"";
    }

    internal sealed record Negation(int Position, MathNode Operand) : MathNode(Position)
    {
        public override IEnumerable<string> Ids => Operand.Ids;

        protected override string Text => $"(-{Operand})";
    }

    internal sealed record Binary(int Position, MathOperator Operator, MathNode Left, MathNode Right) : MathNode(Position)
    {
        public override IEnumerable<string> Ids => Left.Ids.Concat(Right.Ids);

        protected override string Text => $"({Left} {MathOperators.Text(Operator)} {Right})";
    }

    internal sealed record Call(int Position, string Function, IReadOnlyList<MathNode> Arguments) : MathNode(Position)
    {
        public override IEnumerable<string> Ids => Arguments.SelectMany(static argument => argument.Ids);

        protected override string Text => $"{Function}({string.Join(", ", Arguments)})";
    }

    internal sealed record List(int Position, IReadOnlyList<MathNode> Items) : MathNode(Position)
    {
        public override IEnumerable<string> Ids => Items.SelectMany(static item => item.Ids);

        protected override string Text => $"[{string.Join(", ", Items)}]";
    }
}
