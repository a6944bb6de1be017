import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { pausedWithGap, underLoad } from '../../__fixtures__/snapshots';
import { sourcedValue } from '../../model/sourcedValue';
import { ScalingChart } from './ScalingChart';

function show(snapshot: ScalingSnapshot) {
  const history = sourcedValue(snapshot.history);
  if (history === undefined) {
    throw new Error('the fixture has no history');
  }
  return render(
    <ScalingChart
      history={history}
      levels={snapshot.levels}
      events={sourcedValue(snapshot.events) ?? []}
      threshold={100}
    />,
  );
}

describe('ScalingChart', () => {
  it('is a picture with its content in words', () => {
    show(underLoad);
    expect(
      screen.getByRole('img', { name: /^The 30 minutes up to 21:04\./ }),
    ).toHaveAccessibleName(/Replicas: between 2 and 3, last 3\. 2 events/);
  });

  it('labels the levels where replicas come and go', () => {
    show(underLoad);
    expect(screen.getByText('4 replicas above 330/s')).toBeInTheDocument();
    expect(screen.getByText('2 replicas at 200/s')).toBeInTheDocument();
  });

  it('leaves gaps open in both series', () => {
    const { container } = show(pausedWithGap);
    expect(container.querySelectorAll('[data-series="rate"]')).toHaveLength(2);
    expect(container.querySelectorAll('[data-series="replicas"]')).toHaveLength(
      2,
    );
  });

  it('marks the events of its time on the axis', () => {
    const { container } = show(underLoad);
    expect(
      [...container.querySelectorAll('[data-event]')].map(mark =>
        mark.getAttribute('data-event'),
      ),
    ).toEqual(['scaledOut', 'rollout']);
  });

  it('is read moment by moment with the keyboard', async () => {
    show(underLoad);
    await userEvent.tab();
    const slider = screen.getByRole('slider', { name: 'Moment in the chart' });
    expect(slider).toHaveFocus();
    expect(slider).toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/^21:04:00: .* 3 replicas$/),
    );
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(slider).toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/^21:03:30: /),
    );
    await userEvent.keyboard('{ArrowRight}');
    expect(slider).toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/^21:03:45: /),
    );
    await userEvent.keyboard('{Home}');
    expect(slider).toHaveAttribute('aria-valuenow', '0');
    await userEvent.keyboard('{ArrowLeft}');
    expect(slider).toHaveAttribute('aria-valuenow', '0');
    await userEvent.keyboard('{PageUp}');
    expect(slider).toHaveAttribute('aria-valuenow', '10');
    await userEvent.keyboard('{End}');
    expect(slider).toHaveAttribute('aria-valuenow', '120');
  });

  it('shows the moment under the pointer until the pointer leaves', () => {
    const { container } = show(underLoad);
    const slider = screen.getByRole('slider');
    fireEvent.pointerMove(slider, { clientX: 0, clientY: 10 });
    expect(container.querySelectorAll('circle').length).toBeGreaterThan(0);
    expect(slider).toHaveAttribute('aria-valuenow', '0');
    fireEvent.pointerLeave(slider);
    expect(slider).toHaveAttribute('aria-valuenow', '120');
  });

  it('is there as a table too, newest first', async () => {
    show(underLoad);
    const toggle = screen.getByRole('button', { name: 'Show as table' });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(toggle);
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows).toHaveLength(1 + 121);
    expect(rows[1]).toHaveTextContent(/^21:04:00.*3$/);
    await userEvent.click(screen.getByRole('button', { name: 'Hide table' }));
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });
});
