using System.Globalization;

namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>Reads an expression of metric math. It knows the grammar only; <see cref="MathTypes"/> knows what the names mean.</summary>
internal sealed class MathParser
{
    /// <summary>Characters that CloudWatch allows. A sum of more terms is a tree so deep that it would overflow the stack.</summary>
    public const int LongestText = 2048;

    // Deeper expressions than a person writes must not overflow the stack.
    private const int DeepestNesting = 50;

    private readonly string _text;
    private int _at;
    private int _depth;

    private MathParser(string text)
    {
        _text = text;
    }

    /// <summary>Throws <see cref="MathException"/> and nothing else.</summary>
    public static MathNode Parse(string text)
    {
        if (text.Length > LongestText)
        {
            throw new MathException(LongestText + 1, FormattableString.Invariant($"the expression is longer than {LongestText} characters."));
        }

        var parser = new MathParser(text);
        var node = parser.Binary(1);
        parser.SkipSpace();
        return parser._at == text.Length ? node : throw parser.Unexpected("the end or an operator");
    }

    private MathNode Binary(int least)
    {
        Enter();
        var left = Unary();
        while (Operator() is { } found && MathOperators.Precedence(found.Operator) >= least)
        {
            var position = Position;
            _at += found.Length;

            // A power binds to the right, all others to the left.
            var precedence = MathOperators.Precedence(found.Operator);
            var right = Binary(found.Operator == MathOperator.Power ? precedence : precedence + 1);
            left = new MathNode.Binary(position, found.Operator, left, right);
        }

        _depth--;
        return left;
    }

    private MathNode Unary()
    {
        SkipSpace();
        var position = Position;
        return Take('-') ? new MathNode.Negation(position, Binary(MathOperators.UnaryPrecedence)) : Primary();
    }

    private MathNode Primary()
    {
        SkipSpace();
        var position = Position;
        if (Take('('))
        {
            var inner = Binary(1);
            Expect(')');
            return inner;
        }

        if (Take('['))
        {
            return new MathNode.List(position, Items(']'));
        }

        var c = _at < _text.Length ? _text[_at] : '\0';
        if (char.IsAsciiDigit(c) || c == '.')
        {
            return Number(position);
        }

        if (c is '"' or '\'')
        {
            return Literal(position, c);
        }

        return char.IsAsciiLetter(c) ? Name(position) : throw Unexpected("a number, the id of a metric, a function or '('");
    }

    private MathNode Name(int position)
    {
        var name = Word();
        if (name is "AND" or "OR")
        {
            throw new MathException(position, $"{name} needs a value on its left side.");
        }

        SkipSpace();
        if (Take('('))
        {
            return new MathNode.Call(position, name, Items(')'));
        }

        return name is "REPEAT" or "LINEAR" || char.IsAsciiLetterLower(name[0])
            ? new MathNode.Id(position, name)
            : throw new MathException(position, name == "NOT"
                ? "metric math has no NOT: compare with 0 instead, for example (m1 == 0)."
                : $"'{name}' is no id, which starts with a small letter, and no function, which is followed by '('.");
    }

    private List<MathNode> Items(char end)
    {
        var items = new List<MathNode>();
        SkipSpace();
        if (Take(end))
        {
            return items;
        }

        do
        {
            items.Add(Binary(1));
            SkipSpace();
        }
        while (Take(','));
        Expect(end);
        return items;
    }

    private MathNode.Number Number(int position)
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '.' || IsSignOfExponent()))
        {
            _at++;
        }

        var text = _text[start.._at];
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new MathNode.Number(position, value)
            : throw new MathException(position, $"'{text}' is no number.");
    }

    private bool IsSignOfExponent() =>
        _text[_at] is '+' or '-' && _text[_at - 1] is 'e' or 'E' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]);

    private MathNode.Literal Literal(int position, char quote)
    {
        var end = _text.IndexOf(quote, _at + 1);
        if (end < 0)
        {
            throw new MathException(position, "the text that begins here has no end.");
        }

        var value = _text[(_at + 1)..end];
        _at = end + 1;
        return new MathNode.Literal(position, value);
    }

    private (MathOperator Operator, int Length)? Operator()
    {
        SkipSpace();
        foreach (var (text, op) in MathOperators.All)
        {
            if (string.CompareOrdinal(_text, _at, text, 0, text.Length) == 0)
            {
                return (op, text.Length);
            }
        }

        var start = _at;
        var word = _at < _text.Length && char.IsAsciiLetter(_text[_at]) ? Word() : "";
        _at = start;
        return word switch
        {
            "AND" => (MathOperator.And, 3),
            "OR" => (MathOperator.Or, 2),
            _ => null,
        };
    }

    private string Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(char c)
    {
        SkipSpace();
        if (!Take(c))
        {
            throw Unexpected($"'{c}'");
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private void Enter()
    {
        if (++_depth > DeepestNesting)
        {
            throw new MathException(Position, FormattableString.Invariant($"the expression is nested more than {DeepestNesting} deep."));
        }
    }

    private int Position => _at + 1;

    private MathException Unexpected(string expected) => new(
        Position,
        _at < _text.Length ? $"'{_text[_at]}' is unexpected: here must be {expected}." : $"the expression ends where there must be {expected}.");
}
